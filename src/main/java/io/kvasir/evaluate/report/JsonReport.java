package io.kvasir.evaluate.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.ProblemException;
import io.kvasir.evaluate.Bootstrap;
import io.kvasir.evaluate.Estimate;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Moves;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.RowSummary;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import java.util.Locale;
import java.util.Map;

/** An experiment as one JSON object. */
public final class JsonReport {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonReport() {}

  /** The object as text. */
  public static String of(ReportInput input) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(object(input));
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          ProblemException.Kind.INTERNAL, "the report cannot be written as JSON", e);
    }
  }

  /** The object. */
  public static ObjectNode object(ReportInput input) {
    ObjectNode report = MAPPER.createObjectNode();
    report.put("title", input.title());
    report.put("created", input.created().toString());
    report.put("checksum", input.checksum());
    report
        .putObject("dataset")
        .put("name", input.dataset().name())
        .put("language", input.dataset().language())
        .put("documents", input.dataset().documents())
        .put("questions", input.dataset().questions())
        .put("choice", input.dataset().choice())
        .put("bad_records", input.dataset().badRecords());
    texts(report.putObject("settings"), input.settings());
    ArrayNode measures = report.putArray("measures");
    for (Measure measure : Measure.values()) {
      measures
          .addObject()
          .put("name", measure.wire())
          .put("label", measure.label())
          .put("unit", measure.unit().sign())
          .put("more_is_better", measure.more())
          .put("sentence", measure.sentence());
    }
    report.put("reference", input.summary().reference());
    ArrayNode rows = report.putArray("rows");
    input.summary().rows().forEach(row -> row(rows.addObject(), row));
    ArrayNode moves = report.putArray("moves");
    input.summary().moves().forEach(each -> moves(moves.addObject(), each));
    ArrayNode questions = report.putArray("questions");
    input.questions().forEach(question -> question(questions.addObject(), question));
    ArrayNode results = report.putArray("results");
    input.results().forEach(result -> result(results.addObject(), result));
    return report;
  }

  private static void texts(ObjectNode node, Map<String, String> texts) {
    texts.forEach(node::put);
  }

  private static void row(ObjectNode node, RowSummary summary) {
    node.put("name", summary.row().name()).put("path", summary.row().path());
    texts(node.putObject("settings"), summary.row().settings());
    estimates(node.putObject("all"), summary.all());
    estimates(node.putObject("known"), summary.known());
    estimates(node.putObject("unknown"), summary.unknown());
    ObjectNode differences = node.putObject("differences");
    summary
        .differences()
        .forEach(
            (measure, each) ->
                interval(differences.putObject(measure.wire()), each.difference())
                    .put("p", each.p())
                    .put("pairs", each.pairs()));
  }

  private static void estimates(ObjectNode node, Map<Measure, Estimate> estimates) {
    estimates.forEach(
        (measure, each) ->
            interval(node.putObject(measure.wire()), each.mean())
                .put("questions", each.questions()));
  }

  private static ObjectNode interval(ObjectNode node, Bootstrap mean) {
    return node.put("mean", mean.mean()).put("low", mean.low()).put("high", mean.high());
  }

  private static void moves(ObjectNode node, Moves moves) {
    node.put("from", moves.from()).put("to", moves.to());
    ArrayNode each = node.putArray("moves");
    for (Moves.Move move : moves.moves()) {
      ArrayNode questions =
          each.addObject()
              .put("before", move.before().name().toLowerCase(Locale.ROOT))
              .put("after", move.after().name().toLowerCase(Locale.ROOT))
              .putArray("questions");
      move.questions().forEach(questions::add);
    }
  }

  private static void question(ObjectNode node, LabelledQuestion question) {
    node.put("id", question.id()).put("text", question.text());
    question.answers().forEach(node.putArray("answers")::add);
    node.put("answerable", question.answerable());
    question.relevant().forEach(node.putObject("relevant")::put);
  }

  private static void result(ObjectNode node, Result result) {
    node.put("question", result.question()).put("row", result.row());
    node.put("contrast", result.contrast());
    node.put("answer", result.answer()).put("ended", result.ended());
    ObjectNode values = node.putObject("values");
    result.values().forEach((measure, value) -> values.put(measure.wire(), value));
  }
}
