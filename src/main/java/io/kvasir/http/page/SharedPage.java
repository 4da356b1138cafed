package io.kvasir.http.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Trace;
import io.kvasir.json.Json;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The page that shows one contrast without a server: a file of the build with a trace put in. */
final class SharedPage {
  /**
   * Where the build has the page, and the room in it; {@code web/src/share/shared.ts} knows both.
   */
  static final String FILE = "/share.html";

  private static final String ROOM = "__KVASIR_SHARED__";

  /** Finer differences of mass and probability cannot be seen. */
  private static final double DIGITS = 1e4;

  private final String before;
  private final String after;

  private SharedPage(String before, String after) {
    this.before = before;
    this.after = after;
  }

  /** The page that was built in; null if Kvasir was built without. */
  static @Nullable SharedPage in(WebRoot files) {
    WebRoot.Asset file = files.get(FILE);
    if (file == null) {
      return null;
    }
    String template = file.content().toString(StandardCharsets.UTF_8);
    int room = template.indexOf(ROOM);
    if (room < 0) {
      throw new IllegalStateException(FILE + " has no room for a contrast");
    }
    return new SharedPage(template.substring(0, room), template.substring(room + ROOM.length()));
  }

  /**
   * The page of a contrast. Not for the event loop.
   *
   * @param most bytes that it may have
   * @throws ProblemException TOO_LARGE
   */
  Buffer of(Trace trace, int most) throws JsonProcessingException {
    ObjectNode shared = Json.MAPPER.createObjectNode();
    shared.set("trace", slim(Json.MAPPER.valueToTree(trace)));
    shared.putObject("words");
    shared.putArray("lookUps");
    byte[] page = (before + inMarkup(shared) + after).getBytes(StandardCharsets.UTF_8);
    if (page.length > most) {
      throw new ProblemException(
          ProblemException.Kind.TOO_LARGE,
          ("The page would have %d bytes; %d are allowed (exportBytes). The trace itself is at"
                  + " /api/contrasts/%s.")
              .formatted(page.length, most, trace.id()));
    }
    return Buffer.buffer(page);
  }

  /** JSON that ends neither the element it stands in nor a line of a script. */
  private static String inMarkup(JsonNode value) throws JsonProcessingException {
    return Json.MAPPER
        .writeValueAsString(value)
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  /** Leaves out what no page shows, and digits that nobody sees. */
  private static JsonNode slim(JsonNode trace) {
    for (JsonNode path : trace.path("paths")) {
      if (path.get("prompt") instanceof ObjectNode prompt) {
        prompt.putArray("ids");
      }
      for (JsonNode token : path.path("tokens")) {
        if (token.get("mass") instanceof ArrayNode mass) {
          for (int part = 0; part < mass.size(); part++) {
            mass.set(part, rounded(mass.get(part)));
          }
        }
        if (token instanceof ObjectNode fields && fields.path("logprob").isNumber()) {
          fields.set("logprob", rounded(fields.get("logprob")));
        }
      }
    }
    return trace;
  }

  private static JsonNode rounded(JsonNode value) {
    return DoubleNode.valueOf(Math.rint(value.asDouble() * DIGITS) / DIGITS);
  }
}
