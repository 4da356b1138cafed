package io.kvasir.http.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.contrast.Contrasts;
import io.kvasir.core.PathTrace;
import io.kvasir.generate.GenerationEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of one chat completion, whole or in chunks, with the numbers of its tokens and what it
 * is answered from.
 */
final class ChatReply {
  private final String id = "chatcmpl-" + UUID.randomUUID().toString().replace("-", "");
  private final long created = Instant.now().getEpochSecond();
  private final String model;
  private final int promptTokens;
  private final Contrasts.@Nullable Grounds grounds;
  private int cachedTokens;
  private int completionTokens;

  ChatReply(String model, Contrasts.Chat chat) {
    this.model = model;
    this.promptTokens = chat.promptTokens();
    this.grounds = chat.grounds();
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

  /** Adds what the chat is answered from, if it is from documents, to what ends it. */
  void addGrounds(ObjectNode body) {
    if (grounds == null) {
      return;
    }
    ObjectNode added =
        body.putObject(ChatSource.NAME)
            .put("contrast", grounds.contrast())
            .put("collection", grounds.collection());
    ArrayNode passages = added.putArray("passages");
    for (PathTrace.PassageTrace passage : grounds.passages()) {
      PathTrace.Retrieved retrieved = passage.retrieved();
      passages
          .addObject()
          .put("document", passage.document())
          .put("heading", passage.heading())
          .put("page", passage.page())
          .put("score", retrieved == null ? null : retrieved.score());
    }
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
    return switch (finished.reason()) {
      // What began to repeat itself is not whole either; clients know no other word for that.
      case LENGTH, REPETITION -> "length";
      case STOP, CANCELLED -> "stop";
    };
  }
}
