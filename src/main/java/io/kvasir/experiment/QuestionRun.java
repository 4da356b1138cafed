package io.kvasir.experiment;

import io.kvasir.contrast.ContrastRequest;
import io.kvasir.contrast.Contrasts;
import io.kvasir.contrast.Trial;
import io.kvasir.contrast.Trial.PromptWording;
import io.kvasir.contrast.path.ReadingOrder;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.experiment.ExperimentDesign.Ask;
import io.kvasir.experiment.ExperimentStore.Placed;
import io.kvasir.experiment.ExperimentStore.Taken;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks a question for some rows as a person would, and scores what comes. */
final class QuestionRun {
  /** What a result says of an answer that never came. */
  static final String FAILED = "failed";

  private final ProcessorShares processors;
  private final QuestionSearch search;
  private final Contrasts contrasts;
  private final GoldProbability gold;
  private final Taken experiment;
  private final Scoring scoring;

  QuestionRun(
      ProcessorShares processors,
      QuestionSearch search,
      Contrasts contrasts,
      GoldProbability gold,
      Taken experiment) {
    this.processors = processors;
    this.search = search;
    this.contrasts = contrasts;
    this.gold = gold;
    this.experiment = experiment;
    this.scoring = new Scoring(experiment.plan().dataset().language());
  }

  /**
   * Asks.
   *
   * @param place the question's, from 0
   * @return the results of the rows; fails with BUSY or UNAVAILABLE if it is to be asked again
   */
  Future<List<Placed>> ask(int place, LabelledQuestion question, Ask ask) {
    if (!ask.way().answers()) {
      return search.ask(experiment, place, question, ask);
    }
    Workspace workspace = experiment.workspace();
    ProcessorShares.Share share = processors.begin();
    return contrasts
        .answer(workspace, trial(place, ask.settings()), request(place, question, ask))
        .onFailure(failed -> share.end())
        .map(trace -> new Answered(trace, share.end()))
        .compose(answered -> results(place, question, ask, answered))
        .recover(
            failure ->
                failure instanceof ProblemException problem && !passes(problem)
                    ? Future.succeededFuture(refused(place, question, ask, problem))
                    : Future.failedFuture(failure));
  }

  /** What another try may bring: the decoder is loaded again, the database answers again. */
  static boolean passes(ProblemException problem) {
    return problem.kind() == Kind.BUSY || problem.kind() == Kind.UNAVAILABLE;
  }

  private ContrastRequest request(int place, LabelledQuestion question, Ask ask) {
    Map<Factor, String> settings = ask.settings();
    String style = settings.get(Factor.STYLE);
    Scope scope = ask.oracle() ? new Scope(List.copyOf(question.relevant().keySet())) : Scope.ALL;
    return new ContrastRequest(
        question.text(),
        null,
        Contexts.of(settings).collection(experiment.plan().collection()),
        scope,
        ask.paths(),
        settings.get(Factor.MODEL),
        style == null ? null : AnswerStyle.of(style).orElseThrow(),
        sampling(place, settings),
        number(settings.get(Factor.K)),
        number(settings.get(Factor.BUDGET)));
  }

  /** What a request cannot say, since persons are never asked for it. */
  private Trial trial(int place, Map<Factor, String> settings) {
    String nearness = settings.get(Factor.NEARNESS);
    String order = settings.get(Factor.ORDER);
    String wording = settings.get(Factor.WORDING);
    return new Trial(
        experiment.id(),
        nearness == null ? null : Double.valueOf(nearness),
        order == null ? null : order(order, sampling(place, settings).seed()),
        wording == null ? PromptWording.USUAL : Factor.wording(wording).orElseThrow(),
        settings.get(Factor.RERANKER));
  }

  private static ReadingOrder order(String name, long seed) {
    return switch (name) {
      case Factor.FIRST -> ReadingOrder.BEST_FIRST;
      case Factor.LAST -> ReadingOrder.BEST_LAST;
      default -> ReadingOrder.random(seed);
    };
  }

  /** Every question draws its own tokens, in every run the same. */
  private Sampling sampling(int place, Map<Factor, String> settings) {
    Sampling sampling = experiment.plan().sampling();
    String most = settings.get(Factor.MAX_TOKENS);
    String temperature = settings.get(Factor.TEMPERATURE);
    String loopPenalty = settings.get(Factor.LOOP_PENALTY);
    return sampling.toBuilder()
        .temperature(temperature == null ? sampling.temperature() : Double.parseDouble(temperature))
        .maxTokens(most == null ? sampling.maxTokens() : Integer.parseInt(most))
        .loopPenalty(loopPenalty == null ? sampling.loopPenalty() : Double.valueOf(loopPenalty))
        .seed(sampling.seed() + place)
        .build();
  }

  private static @Nullable Integer number(@Nullable String value) {
    return value == null ? null : Integer.valueOf(value);
  }

  /** A trace with what it took of the processors. */
  private record Answered(Trace trace, double seconds) {
    /** The part of a path, by the tokens that were computed. */
    double seconds(PathTrace path) {
      int all = trace.paths().stream().mapToInt(Answered::tokens).sum();
      return all == 0 ? 0 : seconds * tokens(path) / all;
    }

    private static int tokens(PathTrace path) {
      PathTrace.PromptTrace prompt = path.prompt();
      return path.tokens().size() + (prompt == null ? 0 : prompt.tokens());
    }
  }

  private Future<List<Placed>> results(
      int place, LabelledQuestion question, Ask ask, Answered answered) {
    Trace trace = answered.trace();
    if (trace.status() == Trace.Status.CANCELLED) {
      return Future.failedFuture(
          new ProblemException(Kind.UNAVAILABLE, "the answer was stopped; it is asked again"));
    }
    List<Future<Placed>> placed = new ArrayList<>();
    for (int i = 0; i < ask.rows().size(); i++) {
      int row = ask.rows().get(i);
      PathTrace path = trace.paths().get(i);
      ProcessorShares.Share reading = processors.begin();
      placed.add(
          gold.of(trace.model().name(), path, question)
              .onComplete(read -> reading.end())
              .map(
                  logprob ->
                      new Placed(place, row, result(question, row, answered, path, logprob))));
    }
    return Future.all(placed).map(all -> all.<Placed>list());
  }

  private Result result(
      LabelledQuestion question,
      int row,
      Answered answered,
      PathTrace path,
      @Nullable Double goldLogProbability) {
    String ended = path.finishReason();
    Map<Measure, Double> values = scoring.values(question, path, goldLogProbability);
    values.put(Measure.PROCESSOR_SECONDS, answered.seconds(path));
    return new Result(
        question.id(),
        experiment.plan().rows().get(row).name(),
        answered.trace().id(),
        path.answer(),
        ended == null || path.error() != null ? FAILED : ended,
        values);
  }

  /** What cannot be asked is a wrong answer and not one question less. */
  private List<Placed> refused(
      int place, LabelledQuestion question, Ask ask, ProblemException problem) {
    return ask.unanswered(
        experiment.plan(),
        place,
        question,
        FAILED + ": " + problem.told(),
        scoring.values(question));
  }
}
