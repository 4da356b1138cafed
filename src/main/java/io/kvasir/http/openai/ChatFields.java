package io.kvasir.http.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.contrast.Contrasts;
import io.kvasir.core.Sampling;
import io.kvasir.core.SamplingBuilder;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.OpenAiException;
import io.kvasir.http.exchange.SamplingFields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /v1/chat/completions} is asked for. Fields that Kvasir does not know are ignored, as
 * clients expect; those that would change the answer in a way it cannot give are refused.
 *
 * @param model decoder and path
 * @param source which documents are asked
 * @param turns what was said
 * @param sampling how to choose tokens
 * @param stream whether the answer comes piece by piece
 * @param usage whether a stream ends with the numbers of tokens
 * @param logprobs whether tokens come with their probability
 */
record ChatFields(
    OpenAiModels.ChatModel model,
    ChatSource source,
    List<Contrasts.Turn> turns,
    Sampling sampling,
    boolean stream,
    boolean usage,
    boolean logprobs) {
  private static final int NAME_CHARACTERS = 200;

  /** Reads a body. */
  static ChatFields of(
      JsonNode body, OpenAiModels models, HttpOptions options, ContrastLimits limits) {
    Fields fields = Fields.lenient(body);
    OpenAiModels.ChatModel model = models.chat(fields.requiredText("model", NAME_CHARACTERS));
    refuseWhatIsMissing(fields);
    boolean stream = fields.flag("stream");
    JsonNode streamOptions = fields.value("stream_options");
    return new ChatFields(
        model,
        ChatSource.of(fields, model, models, limits),
        ChatMessages.of(fields, options),
        sampling(fields, options.sampling(), limits.maxTokens()),
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
    refuseCalls(fields, "tools", "tool_choice");
    refuseCalls(fields, "functions", "function_call");
    JsonNode format = fields.value("response_format");
    if (format != null && !"text".equals(format.path("type").asText())) {
      throw OpenAiException.unsupported(
          "response_format", "Only answers of the format 'text' are offered.");
    }
  }

  /** Tools that must not be called change no answer. */
  private static void refuseCalls(Fields fields, String tools, String choice) {
    JsonNode chosen = fields.value(choice);
    boolean mayCall = chosen == null || !"none".equals(chosen.textValue());
    if (mayCall && !fields.elements(tools, Integer.MAX_VALUE).isEmpty()) {
      throw OpenAiException.unsupported(
          tools,
          "Calling '%s' is not offered; leave them out, or send '%s': \"none\"."
              .formatted(tools, choice));
    }
  }

  private static Sampling sampling(Fields fields, Sampling otherwise, int maxTokensLimit) {
    SamplingBuilder sampling = otherwise.toBuilder();
    SamplingFields.said(
        fields.number("temperature", 0, Sampling.MAX_TEMPERATURE), sampling::temperature);
    Double topP = fields.number("top_p", 0, 1);
    if (topP != null && topP == 0) {
      // The smallest set of tokens that has no probability at all is still the most probable one.
      sampling.temperature(0).topP(1);
    } else {
      SamplingFields.said(topP, sampling::topP);
    }
    SamplingFields.said(
        fields.number("presence_penalty", -Sampling.MAX_PENALTY, Sampling.MAX_PENALTY),
        sampling::presencePenalty);
    SamplingFields.said(
        fields.number("frequency_penalty", -Sampling.MAX_PENALTY, Sampling.MAX_PENALTY),
        sampling::frequencyPenalty);
    Long seed = fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    SamplingFields.said(seed, sampling::seed);
    Sampling asked =
        sampling.maxTokens(maxTokens(fields, maxTokensLimit)).stop(stop(fields)).build();
    return seed == null ? SamplingFields.seeded(asked) : asked;
  }

  /** Who asks for more than there can be gets what there can be. */
  private static int maxTokens(Fields fields, int limit) {
    Long newer = positive(fields, "max_completion_tokens");
    Long older = positive(fields, "max_tokens");
    Long asked = newer == null ? older : newer;
    return asked == null ? limit : (int) Math.min(asked, limit);
  }

  private static @Nullable Long positive(Fields fields, String name) {
    Long number = fields.whole(name, Long.MIN_VALUE, Long.MAX_VALUE);
    if (number != null && number < 1) {
      throw new InvalidFieldException(
          name, "The field '%s' is %d; it must be 1 or more.".formatted(name, number));
    }
    return number;
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
}
