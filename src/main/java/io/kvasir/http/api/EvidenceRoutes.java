package io.kvasir.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerPath;
import io.kvasir.evidence.AnswerWithout.Stretch;
import io.kvasir.evidence.AttentionQuestion;
import io.kvasir.evidence.AttentionQuestion.Selection;
import io.kvasir.evidence.Evidence;
import io.kvasir.evidence.PromptSentence;
import io.kvasir.http.exchange.EventStream;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.LiveStreams;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.exchange.RequestWatch;
import io.kvasir.http.guard.KeyGuard;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code /api/contrasts/…/attention} and {@code …/evidence}: what an answer looked at, and why. */
public final class EvidenceRoutes {
  private static final int NAME_CHARACTERS = 20;
  private static final int MOST_TOKENS = 100_000;
  private static final int MOST_STRETCHES = 10_000;
  private static final int MOST_LAYERS = 10_000;

  private final Evidence evidence;
  private final Paths paths;
  private final LiveStreams streams;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public EvidenceRoutes(HttpPorts ports, LiveStreams streams) {
    this.evidence = ports.evidence();
    this.paths = ports.contrasts().paths();
    this.streams = streams;
  }

  /** Adds the routes. */
  public void mount(Router router, JsonBody bodies) {
    bodies.on(router.post("/api/contrasts/:id/attention")).handler(this::attention);
    bodies.on(router.post("/api/contrasts/:id/next-tokens")).handler(this::nextTokens);
    bodies.on(router.post("/api/contrasts/:id/sentences")).handler(this::sentences);
    bodies.on(router.post("/api/contrasts/:id/without")).handler(this::without);
    bodies.on(router.post("/api/contrasts/:id/evidence")).handler(this::measure);
    router.post("/api/contrasts/:id/evidence/cancel").handler(this::cancel);
  }

  private void attention(RoutingContext context) {
    Query.of(context);
    Replies.large(
        context,
        RequestWatch.of(context)
            .within(
                () ->
                    evidence.attention(
                        KeyGuard.workspace(context),
                        ContrastRoutes.id(context),
                        question(JsonBody.of(context)))));
  }

  private void nextTokens(RoutingContext context) {
    Query.of(context);
    AnswerPath path = path(Fields.strict(JsonBody.of(context), "path"));
    Replies.large(
        context,
        RequestWatch.of(context)
            .within(
                () ->
                    evidence.nextTokens(
                        KeyGuard.workspace(context), ContrastRoutes.id(context), path)));
  }

  /**
   * What can be left out of a prompt.
   *
   * @param sentences of its passages, in its order
   */
  private record Sentences(AnswerPath path, List<PromptSentence> sentences) {}

  private void sentences(RoutingContext context) {
    Query.of(context);
    AnswerPath path = path(Fields.strict(JsonBody.of(context), "path"));
    Replies.large(
        context,
        RequestWatch.of(context)
            .within(
                () ->
                    evidence
                        .sentences(KeyGuard.workspace(context), ContrastRoutes.id(context), path)
                        .map(found -> new Sentences(path, found))));
  }

  private void without(RoutingContext context) {
    Query.of(context);
    Fields fields = Fields.strict(JsonBody.of(context), "path", "left");
    AnswerPath path = path(fields);
    List<Stretch> left = new ArrayList<>();
    for (JsonNode each : fields.elements("left", MOST_STRETCHES)) {
      Fields stretch = Fields.nested(each, "left[%d]".formatted(left.size()), "begin", "end");
      left.add(new Stretch(required(stretch, "begin"), required(stretch, "end")));
    }
    Replies.large(
        context,
        RequestWatch.of(context)
            .within(
                () ->
                    evidence.without(
                        KeyGuard.workspace(context), ContrastRoutes.id(context), path, left)));
  }

  private static int required(Fields fields, String name) {
    Integer value = fields.integer(name, 0, Integer.MAX_VALUE);
    if (value == null) {
      throw new InvalidFieldException(
          fields.nameOf(name), "The field '%s' is missing.".formatted(fields.nameOf(name)));
    }
    return value;
  }

  private AttentionQuestion question(JsonNode body) {
    Fields fields = Fields.strict(body, "path", "tokens", "heads", "layer", "head", "positions");
    return new AttentionQuestion(
        path(fields),
        tokens(fields),
        selection(fields),
        fields.integer("layer", 0, MOST_LAYERS),
        fields.integer("head", 0, MOST_LAYERS),
        fields.flag("positions"));
  }

  private AnswerPath path(Fields fields) {
    return ContrastFields.path("path", fields.requiredText("path", NAME_CHARACTERS), paths);
  }

  private static List<Integer> tokens(Fields fields) {
    List<Integer> tokens = new ArrayList<>();
    for (JsonNode token : fields.elements("tokens", MOST_TOKENS)) {
      if (!token.isInt() || token.intValue() < 0) {
        throw Fields.wrongType(
            "tokens[%d]".formatted(tokens.size()), "the place of a token, from 0", token);
      }
      tokens.add(token.intValue());
    }
    return tokens;
  }

  private static Selection selection(Fields fields) {
    String name = fields.text("heads", NAME_CHARACTERS);
    if (name == null) {
      return Selection.WATCHED;
    }
    return Arrays.stream(Selection.values())
        .filter(each -> each.toString().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                new InvalidFieldException(
                    "heads",
                    "There are no heads '%s'; there are: %s."
                        .formatted(
                            name,
                            Arrays.stream(Selection.values())
                                .map(Selection::toString)
                                .collect(Collectors.joining(", ")))));
  }

  private void measure(RoutingContext context) {
    Query.of(context);
    Fields fields = Fields.strict(JsonBody.of(context), "path", "masks");
    Integer masks = fields.integer("masks", 0, Integer.MAX_VALUE);
    Replies.when(
        context,
        RequestWatch.of(context)
            .within(
                () ->
                    evidence.measure(
                        KeyGuard.workspace(context),
                        ContrastRoutes.id(context),
                        path(fields),
                        masks == null ? 0 : masks)),
        events ->
            EventStream.answer(context, events, 0, TypedFrames.evidence(), () -> {}, streams));
  }

  private void cancel(RoutingContext context) {
    Query.of(context);
    evidence.cancel(KeyGuard.workspace(context), ContrastRoutes.id(context));
    context.response().setStatusCode(202).end();
  }
}
