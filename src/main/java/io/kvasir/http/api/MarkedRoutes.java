package io.kvasir.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.experiment.MarkedQuestion;
import io.kvasir.experiment.MarkedQuestion.MarkedPassage;
import io.kvasir.experiment.Marking;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /api/questions}: what somebody marked at contrasts as expected. */
public final class MarkedRoutes {
  private static final int ID_CHARACTERS = 64;

  /** The largest whole number that every reader of JSON knows exactly. */
  private static final long LARGEST = (1L << 53) - 1;

  private final Marking marking;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public MarkedRoutes(HttpPorts ports) {
    this.marking = ports.marking();
  }

  /** Adds the routes. */
  public void mount(Router router, JsonBody bodies) {
    bodies.on(router.post("/api/questions")).handler(this::mark);
    router.get("/api/questions").handler(this::list);
    router.get("/api/questions.jsonl").handler(this::export);
    router.delete("/api/questions/:id").handler(this::delete);
  }

  private void mark(RoutingContext context) {
    Query.of(context);
    Fields fields = Fields.strict(JsonBody.of(context), "contrast", "answer", "passage");
    Replies.json(
        context,
        200,
        marking.mark(
            KeyGuard.workspace(context),
            fields.requiredText("contrast", ID_CHARACTERS),
            fields.text("answer", Marking.ANSWER_CHARACTERS),
            fields.whole("passage", 0, LARGEST)));
  }

  private void list(RoutingContext context) {
    Query.of(context);
    Replies.large(
        context,
        marking
            .list(KeyGuard.workspace(context))
            .map(all -> Map.<String, List<MarkedQuestion>>of("questions", all)));
  }

  /** As {@code kvasir eval --dataset} reads it. */
  private void export(RoutingContext context) {
    Query.of(context);
    Replies.when(
        context,
        marking.list(KeyGuard.workspace(context)).map(MarkedRoutes::lines),
        text ->
            context
                .response()
                .putHeader("content-type", "application/jsonl; charset=utf-8")
                .putHeader("content-disposition", "attachment; filename=\"questions.jsonl\"")
                .end(text));
  }

  private static String lines(List<MarkedQuestion> questions) {
    Map<String, ObjectNode> documents = new LinkedHashMap<>();
    StringBuilder lines = new StringBuilder();
    for (MarkedQuestion question : questions) {
      for (MarkedPassage passage : question.passages()) {
        documents.computeIfAbsent(passage.id(), id -> document(id, passage));
      }
    }
    documents.values().forEach(each -> lines.append(line(each)));
    questions.forEach(each -> lines.append(line(question(each))));
    return lines.toString();
  }

  private static ObjectNode document(String id, MarkedPassage passage) {
    return Json.MAPPER
        .createObjectNode()
        .put("document", id)
        .put("title", passage.title())
        .put("context", passage.text());
  }

  private static ObjectNode question(MarkedQuestion question) {
    ObjectNode node = Json.MAPPER.createObjectNode();
    node.put("id", question.id()).put("question", question.text());
    question.answers().forEach(node.putArray("answer")::add);
    question.passages().stream()
        .filter(MarkedPassage::expected)
        .map(MarkedPassage::id)
        .forEach(node.putArray("document")::add);
    return node;
  }

  private static String line(ObjectNode node) {
    try {
      return Json.MAPPER.writeValueAsString(node) + "\n";
    } catch (JsonProcessingException e) {
      throw new ProblemException(Kind.INTERNAL, "a marked question cannot be written as JSON", e);
    }
  }

  private void delete(RoutingContext context) {
    Query.of(context);
    Replies.done(
        context,
        marking.delete(KeyGuard.workspace(context), String.valueOf(context.pathParam("id"))));
  }
}
