package io.kvasir.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.contrast.Contrasts;
import io.kvasir.core.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /v1/chat/completions} is asked for. Fields that Kvasir does not know are ignored, as
 * clients expect; those that would change the answer in a way it cannot give are refused.
 *
 * @param model decoder and path
 * @param turns what was said; the last by the user
 * @param sampling how to choose tokens
 * @param stream whether the answer comes piece by piece
 * @param usage whether a stream ends with the numbers of tokens
 * @param logprobs whether tokens come with their probability
 */
record ChatFields(
    OpenAiModels.ChatModel model,
    List<Contrasts.Turn> turns,
    Sampling sampling,
    boolean stream,
    boolean usage,
    boolean logprobs) {
  /** The most messages of a chat. */
  static final int MESSAGES = 500;

  private static final int NAME_CHARACTERS = 200;
  private static final int PARTS = 100;

  /** Reads a body. */
  static ChatFields of(JsonNode body, OpenAiModels models, HttpOptions options) {
    Fields fields = Fields.lenient(body);
    OpenAiModels.ChatModel model = models.chat(fields.requiredText("model", NAME_CHARACTERS));
    refuseWhatIsMissing(fields);
    boolean stream = fields.flag("stream");
    JsonNode streamOptions = fields.value("stream_options");
    return new ChatFields(
        model,
        turns(fields, options),
        sampling(fields, options),
        stream,
        stream
            && streamOptions != null
            && Fields.lenient(streamOptions, "stream_options").flag("include_usage"),
        fields.flag("logprobs"));
  }

  private static void refuseWhatIsMissing(Fields fields) {
    Integer choices = fields.integer("n", 1, 128);
    if (choices != null && choices > 1) {
      throw OpenAiException.unsupported(
          "n", "Only one choice at a time is offered; 'n' must be 1.");
    }
    Integer alternatives = fields.integer("top_logprobs", 0, 20);
    if (alternatives != null && alternatives > 0) {
      throw OpenAiException.unsupported(
          "top_logprobs", "Only the chosen token's probability is offered, by 'logprobs'.");
    }
    for (String name : List.of("tools", "functions")) {
      if (!fields.elements(name, Integer.MAX_VALUE).isEmpty()) {
        throw OpenAiException.unsupported(name, "Calling '%s' is not offered.".formatted(name));
      }
    }
    JsonNode format = fields.value("response_format");
    if (format != null && !"text".equals(format.path("type").asText())) {
      throw OpenAiException.unsupported(
          "response_format", "Only answers of the format 'text' are offered.");
    }
  }

  private static Sampling sampling(Fields fields, HttpOptions options) {
    Sampling otherwise = options.sampling();
    Double temperature = fields.number("temperature", 0, 2);
    Double topP = fields.number("top_p", Double.MIN_VALUE, 1);
    fields.number("presence_penalty", -2, 2);
    fields.number("frequency_penalty", -2, 2);
    Long seed = fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    Integer newer = fields.integer("max_completion_tokens", 1, options.maxTokensLimit());
    Integer older = fields.integer("max_tokens", 1, options.maxTokensLimit());
    Integer maxTokens = newer == null ? older : newer;
    Sampling sampling =
        new Sampling(
            temperature == null ? otherwise.temperature() : temperature,
            topP == null ? otherwise.topP() : topP,
            otherwise.topK(),
            otherwise.minP(),
            otherwise.repetitionPenalty(),
            seed == null ? otherwise.seed() : seed,
            maxTokens == null ? options.maxTokensLimit() : maxTokens,
            stop(fields));
    return seed == null ? SamplingFields.seeded(sampling) : sampling;
  }

  private static List<String> stop(Fields fields) {
    JsonNode stop = fields.value("stop");
    if (stop == null) {
      return List.of();
    }
    List<String> strings =
        stop.isTextual()
            ? List.of(Fields.text(stop, "stop", SamplingFields.STOP_CHARACTERS))
            : fields.texts("stop", Sampling.MAX_STOP_STRINGS, SamplingFields.STOP_CHARACTERS);
    if (strings.contains("")) {
      throw new InvalidFieldException("stop", "A stop string is empty.");
    }
    return strings;
  }

  private static List<Contrasts.Turn> turns(Fields fields, HttpOptions options) {
    List<Contrasts.Turn> turns = new ArrayList<>();
    int characters = 0;
    for (JsonNode message : fields.elements("messages", MESSAGES)) {
      Contrasts.Turn turn = turn(message, "messages[%d]".formatted(turns.size()));
      characters += turn.text().length();
      turns.add(turn);
    }
    if (turns.isEmpty()) {
      throw new InvalidFieldException("messages", "The field 'messages' must hold a message.");
    }
    ContrastFields.requireShort("chat", characters, options.limits().conversationCharacters());
    Contrasts.Turn last = turns.get(turns.size() - 1);
    if (!last.role().equals("user") || last.text().isBlank()) {
      throw new InvalidFieldException(
          "messages", "The last message must be the user's and must not be empty.");
    }
    return turns;
  }

  private static Contrasts.Turn turn(JsonNode message, String where) {
    Fields fields = Fields.lenient(message, where);
    String role = fields.requiredText("role", NAME_CHARACTERS);
    if (role.equals("developer")) {
      role = "system";
    }
    if (!Set.of("system", "user", "assistant").contains(role)) {
      throw new InvalidFieldException(
          fields.nameOf("role"),
          "The role '%s' is not offered; there are: system, developer, user, assistant."
              .formatted(role));
    }
    return new Contrasts.Turn(role, content(fields.value("content"), fields));
  }

  private static String content(@Nullable JsonNode content, Fields message) {
    String where = message.nameOf("content");
    if (content == null) {
      throw new InvalidFieldException(where, "The field '%s' is missing.".formatted(where));
    }
    if (content.isTextual()) {
      return Fields.text(content, where, Integer.MAX_VALUE);
    }
    StringBuilder text = new StringBuilder();
    List<JsonNode> parts = message.elements("content", PARTS);
    for (int index = 0; index < parts.size(); index++) {
      Fields part = Fields.lenient(parts.get(index), "%s[%d]".formatted(where, index));
      String type = part.requiredText("type", NAME_CHARACTERS);
      if (!type.equals("text")) {
        throw OpenAiException.unsupported(
            part.nameOf("type"), "Content of the type '%s' is not offered.".formatted(type));
      }
      String words = part.text("text", Integer.MAX_VALUE);
      text.append(words == null ? "" : words);
    }
    return text.toString();
  }
}
