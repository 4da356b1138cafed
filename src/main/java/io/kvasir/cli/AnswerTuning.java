package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Trials;
import io.kvasir.json.Json;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code kvasir eval --tune MODEL}: chooses what a decoder answers best with, one setting after the
 * other, each with what was chosen before it. It chooses on one half of the questions, and keeps
 * what it chose unless that does clearly worse than what there is on the other half.
 */
final class AnswerTuning {
  /** How many questions of each dataset are asked with each value. */
  static final int QUESTIONS = 60;

  private static final String CHOOSE = "choose";
  private static final String REPORT = "report";
  private static final String TODAY = "today";
  private static final String CHOSEN = "chosen";

  private final ServerClient client;
  private final ExperimentStart start;
  private final ExperimentFollower follower;
  private final Terminal terminal;
  private final String model;
  private final List<String> datasets;
  private final int questions;

  AnswerTuning(
      ServerClient client,
      ExperimentStart start,
      ExperimentFollower follower,
      Arguments arguments,
      Terminal terminal) {
    this.client = client;
    this.start = start;
    this.follower = follower;
    this.terminal = terminal;
    this.model = arguments.value(EvalCommand.TUNE).orElseThrow();
    this.datasets = arguments.values(ExperimentStart.DATASET);
    this.questions = arguments.number("sample", Integer::valueOf).orElse(QUESTIONS);
    if (datasets.isEmpty()) {
      throw invalid("--dataset PATH is missing");
    }
    for (String decided :
        List.of("paths", "matrix", "half", "name", ExperimentFollower.OUT.name())) {
      if (arguments.has(decided)) {
        throw invalid("--%s cannot be said with --%s".formatted(decided, EvalCommand.TUNE));
      }
    }
    if (datasets.stream().anyMatch(each -> each.startsWith(ExperimentStart.HEADINGS))) {
      throw invalid("headings have no right answers that answers could be held against");
    }
  }

  ExitCode run() throws IOException, InterruptedException {
    AnswerDefaults today = today();
    Map<String, String> before = TuningPlan.settings(today);
    Map<String, String> chosen = new LinkedHashMap<>(before);
    int asked = 0;
    for (TuningPlan.Step step : TuningPlan.STEPS) {
      String present = chosen.getOrDefault(step.factor(), "");
      Trials trials = new Trials();
      ask(chosen, CHOOSE, step.factor(), step.values(present), step.factor(), trials);
      asked = answered(trials);
      String best = trials.best();
      TuningTable.print(terminal, step.factor(), trials, best);
      chosen.put(step.factor(), best);
    }
    if (!chosen.equals(before) && isWorse(before, chosen)) {
      terminal
          .err()
          .printf(
              "what was chosen does worse on the other half: %s keeps what it answers with today%n",
              model);
      return ExitCode.FAILED;
    }
    keep(TuningPlan.defaults(chosen), asked);
    terminal.out().printf("%s answers with %s%n", model, TuningPlan.words(chosen));
    return ExitCode.OK;
  }

  private AnswerDefaults today() throws IOException, InterruptedException {
    for (JsonNode each : client.get("/api/models").path("models")) {
      if (each.path("name").asText().equals(model)) {
        return Json.MAPPER.treeToValue(each.path("answers").path("defaults"), AnswerDefaults.class);
      }
    }
    throw new ProblemException(
        Kind.NOT_FOUND, "there is no decoder %s (kvasir models list)".formatted(model));
  }

  /** Whether what was chosen does clearly worse than what there is, on the reporting half. */
  private boolean isWorse(Map<String, String> before, Map<String, String> chosen)
      throws IOException, InterruptedException {
    Trials trials = new Trials();
    ask(before, REPORT, TODAY, List.of(), "", trials);
    ask(chosen, REPORT, CHOSEN, List.of(), "", trials);
    answered(trials);
    Trials.Trial trial = trials.all().get(CHOSEN);
    TuningTable.print(terminal, "the other half", trials, CHOSEN);
    return trial != null && trial.gain().difference().high() < 0;
  }

  /**
   * Asks every dataset with these settings.
   *
   * @param what is tried, for people
   * @param values of one factor in place of its setting; none to ask with the settings alone
   * @param factor of the values
   */
  private void ask(
      Map<String, String> settings,
      String half,
      String what,
      List<String> values,
      String factor,
      Trials into)
      throws IOException, InterruptedException {
    for (String dataset : datasets) {
      ObjectNode order = start.order(List.of("rag"));
      order.put("name", "tuning %s: %s".formatted(model, what));
      order.put("half", half).put("sample", questions);
      ObjectNode matrix = order.putObject("matrix");
      matrix.putArray("model").add(model);
      settings.forEach((name, value) -> matrix.putArray(name).add(value));
      if (!values.isEmpty()) {
        values.forEach(matrix.putArray(factor)::add);
      }
      terminal.err().printf("%s: %s, the half to %s%n", dataset, what, half);
      JsonNode ended = follower.ended(start.begin(dataset, order));
      String id = ended.path("id").asText();
      if (!ended.path("state").asText().equals("complete")) {
        throw new ProblemException(
            Kind.CONFLICT,
            "the experiment %s is %s: %s"
                .formatted(id, ended.path("state").asText(), ended.path("message").asText()));
      }
      add(follower.report(id), dataset, values.isEmpty() ? what : "", factor, into);
    }
  }

  private static void add(
      JsonNode report, String dataset, String what, String factor, Trials into) {
    Map<String, String> values = new LinkedHashMap<>();
    report
        .path("rows")
        .forEach(
            row ->
                values.put(
                    row.path("name").asText(),
                    what.isEmpty() ? row.path("settings").path(factor).asText() : what));
    // In the order of the rows: what is gained is gained on the first.
    values.forEach(
        (row, value) ->
            report
                .path("results")
                .forEach(
                    result -> {
                      if (result.path("row").asText().equals(row)) {
                        into.add(
                            value,
                            dataset + " " + result.path("question").asText(),
                            measured(result.path("values")));
                      }
                    }));
  }

  private static Map<Measure, Double> measured(JsonNode values) {
    Map<Measure, Double> measured = new EnumMap<>(Measure.class);
    values
        .properties()
        .forEach(each -> measured.put(Measure.of(each.getKey()), each.getValue().asDouble()));
    return measured;
  }

  private int answered(Trials trials) {
    if (trials.questions() == 0) {
      throw new ProblemException(
          Kind.INVALID,
          "none of the questions of %s has a right answer to hold answers against"
              .formatted(String.join(", ", datasets)));
    }
    return trials.questions();
  }

  private void keep(AnswerDefaults chosen, int asked) throws IOException, InterruptedException {
    ObjectNode body = Json.MAPPER.valueToTree(chosen);
    body.put(
        "measured",
        "%d questions of the half to choose on of %s"
            .formatted(asked, String.join(", ", datasets)));
    client.put("/api/models/" + ServerClient.segment(model) + "/answers", body);
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(Kind.INVALID, message);
  }
}
