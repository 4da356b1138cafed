package io.kvasir.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.generate.GenerationEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/** The JSON of one chat completion, whole or in chunks, and the numbers of its tokens. */
final class ChatReply {
  private final String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
  private final long created = Instant.now().getEpochSecond();
  private final String model;
  private final int promptTokens;
  private int cachedTokens;
  private int completionTokens;

  ChatReply(String model, int promptTokens) {
    this.model = model;
    this.promptTokens = promptTokens;
  }

  /** Counts what an event tells of. */
  void count(GenerationEvent event) {
    if (event instanceof GenerationEvent.Token) {
      completionTokens++;
    } else if (event instanceof GenerationEvent.Prefill prefill) {
      cachedTokens = prefill.cached();
    }
  }

  /** An object with everything that chunks and whole answers share. */
  ObjectNode head(String object) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id)
        .put("object", object)
        .put("created", created)
        .put("model", model);
  }

  /** How many tokens were read and made. */
  ObjectNode usage() {
    ObjectNode usage =
        JsonNodeFactory.instance
            .objectNode()
            .put("prompt_tokens", promptTokens)
            .put("completion_tokens", completionTokens)
            .put("total_tokens", promptTokens + completionTokens);
    usage.putObject("prompt_tokens_details").put("cached_tokens", cachedTokens);
    return usage;
  }

  /** Adds a token to the probabilities of a choice. */
  static void addLogprob(ArrayNode content, GenerationEvent.Token token) {
    ObjectNode entry =
        content.addObject().put("token", token.text()).put("logprob", token.logprob());
    ArrayNode bytes = entry.putArray("bytes");
    for (byte unit : token.text().getBytes(StandardCharsets.UTF_8)) {
      bytes.add(unit & 0xFF);
    }
    entry.putArray("top_logprobs");
  }

  /** The finish reason of a generation that was not cancelled. */
  static String reason(GenerationEvent.Finished finished) {
    return finished.reason() == GenerationEvent.FinishReason.LENGTH ? "length" : "stop";
  }
}
