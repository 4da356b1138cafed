package io.kvasir.http.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.encode.Encoder;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.OpenAiException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;

/** What is to be embedded: texts, or the token ids of texts, one or many. */
sealed interface EmbeddingInput {
  /**
   * Texts.
   *
   * @param texts none empty
   */
  record Texts(List<String> texts) implements EmbeddingInput {
    @Override
    public int check(Encoder encoder) {
      return EmbeddingInput.check(encoder, texts, encoder::countTokens);
    }

    @Override
    public CompletionStage<List<float[]>> encode(Encoder encoder) {
      return encoder.encodePassages(texts);
    }
  }

  /**
   * Texts of which the tokens are known.
   *
   * @param tokens of each text, none empty
   */
  record Tokens(List<int[]> tokens) implements EmbeddingInput {
    @Override
    public int check(Encoder encoder) {
      return EmbeddingInput.check(encoder, tokens, each -> each.length);
    }

    @Override
    public CompletionStage<List<float[]>> encode(Encoder encoder) {
      return encoder.encodeTokens(tokens);
    }
  }

  /**
   * Refuses a text of which the encoder would read only the beginning. May take a while.
   *
   * @return the tokens of all
   */
  int check(Encoder encoder);

  /** Their embeddings, in order. */
  CompletionStage<List<float[]>> encode(Encoder encoder);

  /**
   * Reads the input of a body.
   *
   * @param most the most texts
   */
  static EmbeddingInput of(Fields fields, Encoder encoder, int most) {
    JsonNode input = fields.value("input");
    if (input == null) {
      throw new InvalidFieldException("input", "The field 'input' is missing.");
    }
    if (input.isTextual()) {
      return new Texts(List.of(text(input, "input")));
    }
    boolean oneOfTokens = input.path(0).isNumber();
    List<JsonNode> elements = fields.elements("input", oneOfTokens ? Integer.MAX_VALUE : most);
    if (elements.isEmpty()) {
      throw new InvalidFieldException("input", "The field 'input' is empty.");
    }
    if (oneOfTokens) {
      return new Tokens(List.of(tokens(input, "input", encoder)));
    }
    return elements.get(0).isArray() ? tokens(elements, encoder) : texts(elements);
  }

  private static Texts texts(List<JsonNode> elements) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : elements) {
      texts.add(text(element, "input[%d]".formatted(texts.size())));
    }
    return new Texts(texts);
  }

  private static String text(JsonNode value, String where) {
    String text = Fields.text(value, where, Integer.MAX_VALUE);
    if (text.isBlank()) {
      throw new InvalidFieldException(where, "The text '%s' is empty.".formatted(where));
    }
    return text;
  }

  private static Tokens tokens(List<JsonNode> elements, Encoder encoder) {
    List<int[]> tokens = new ArrayList<>();
    for (JsonNode element : elements) {
      tokens.add(tokens(element, "input[%d]".formatted(tokens.size()), encoder));
    }
    return new Tokens(tokens);
  }

  private static int[] tokens(JsonNode array, String where, Encoder encoder) {
    if (!array.isArray()) {
      throw Fields.wrongType(where, "an array of token ids, as the first is", array);
    }
    if (array.isEmpty()) {
      throw new InvalidFieldException(where, "The field '%s' is empty.".formatted(where));
    }
    int[] tokens = new int[array.size()];
    for (int index = 0; index < tokens.length; index++) {
      JsonNode id = array.get(index);
      if (!id.isIntegralNumber()) {
        throw Fields.wrongType("%s[%d]".formatted(where, index), "a token id", id);
      }
      if (!id.canConvertToInt() || id.intValue() < 0 || id.intValue() >= encoder.vocabulary()) {
        throw new InvalidFieldException(
            where,
            "'%s' has the token id %s; those of the model '%s' are 0 to %d. Send texts, or ids of its own tokenizer."
                .formatted(
                    where, id.asText(), encoder.description().name(), encoder.vocabulary() - 1));
      }
      tokens[index] = id.intValue();
    }
    return tokens;
  }

  private static <T> int check(Encoder encoder, List<T> texts, ToIntFunction<T> count) {
    Encoder.Description model = encoder.description();
    int all = 0;
    for (int index = 0; index < texts.size(); index++) {
      int tokens = count.applyAsInt(texts.get(index));
      if (tokens > model.maxTokens()) {
        throw new OpenAiException(
            400,
            "input[%d] has %d tokens; the model '%s' reads %d."
                .formatted(index, tokens, model.name(), model.maxTokens()),
            "input",
            "context_length_exceeded");
      }
      all += tokens;
    }
    return all;
  }
}
