package io.kvasir.http.api;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.ingest.PassageCorrections;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /api/documents/{id}/corrections}: passages corrected or left out by hand. */
public final class CorrectionRoutes {
  /** The longest text of a passage; its encoder reads less. */
  static final int TEXT_CHARACTERS = 20_000;

  /** The largest whole number that every reader of JSON knows exactly. */
  private static final long LARGEST = (1L << 53) - 1;

  private final PassageCorrections corrections;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public CorrectionRoutes(HttpPorts ports) {
    this.corrections = ports.corrections();
  }

  /** Adds the routes. */
  public void mount(Router router, JsonBody bodies) {
    bodies.on(router.post("/api/documents/:id/corrections")).handler(this::correct);
    router.delete("/api/documents/:id/corrections/:correction").handler(this::withdraw);
  }

  private void correct(RoutingContext context) {
    Query.of(context);
    Fields fields = Fields.strict(JsonBody.of(context), "passage", "text", "leftOut");
    Long passage = fields.whole("passage", 0, LARGEST);
    if (passage == null) {
      throw new InvalidFieldException("passage", "The field 'passage' is missing.");
    }
    Workspace workspace = KeyGuard.workspace(context);
    if (fields.flag("leftOut")) {
      if (fields.value("text") != null) {
        throw new InvalidFieldException(
            "text", "A passage is left out or has another 'text', not both.");
      }
      long document = DocumentRoutes.id(context);
      Replies.json(context, 200, corrections.leaveOut(workspace, document, passage));
      return;
    }
    String text = fields.requiredText("text", TEXT_CHARACTERS);
    long document = DocumentRoutes.id(context);
    Replies.json(context, 200, corrections.say(workspace, document, passage, text.strip()));
  }

  private void withdraw(RoutingContext context) {
    Query.of(context);
    String correction = context.pathParam("correction");
    if (!correction.matches("\\d{1,18}")) {
      throw new ProblemException(
          Kind.NOT_FOUND, "There is no correction '%s'.".formatted(correction));
    }
    Replies.done(
        context,
        corrections.withdraw(
            KeyGuard.workspace(context), DocumentRoutes.id(context), Long.parseLong(correction)));
  }
}
