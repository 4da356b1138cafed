package io.kvasir.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.json.Json;

/** What the commands that ask something of documents send alike. */
final class QuestionBody {
  private QuestionBody() {}

  /**
   * The question, what it is asked of, and how much of that may be read.
   *
   * @param collection whether the standard collection is meant where none is named
   */
  static ObjectNode of(Arguments arguments, Terminal terminal, boolean collection) {
    ObjectNode body = Json.MAPPER.createObjectNode();
    body.put("question", arguments.single("question"));
    if (collection || arguments.has("collection")) {
      body.put(
          "collection",
          arguments
              .value("collection")
              .orElseGet(() -> terminal.settings().value(ContrastLimits.DEFAULT_COLLECTION)));
    }
    arguments.values("scope").forEach(selector -> body.withArray("scope").add(selector));
    arguments.value("model").ifPresent(name -> body.put("model", name));
    arguments.number("k", Integer::valueOf).ifPresent(k -> body.put("k", k));
    arguments.number("budget", Integer::valueOf).ifPresent(n -> body.put("budget", n));
    return body;
  }
}
