package io.kvasir.gguf;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.weights.ModelManifest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file's byte-level BPE vocabulary, checked: every merge is of known tokens and makes one.
 *
 * @param tokens by id
 * @param controls ids of tokens that only templates write, such as turn marks
 * @param userDefined ids of tokens that are matched whole in any text
 * @param merges pairs, the earlier the more binding
 * @param splitting how text is cut before merging
 * @param bosToken a token every prompt begins with, null if there is none
 * @param eosTokens tokens that end a turn
 * @param chatTemplate Jinja source
 */
record Vocabulary(
    List<String> tokens,
    List<Integer> controls,
    List<Integer> userDefined,
    List<Merge> merges,
    Splitting splitting,
    @Nullable Integer bosToken,
    List<Integer> eosTokens,
    String chatTemplate) {
  /** Two tokens that become one. */
  record Merge(String left, String right) {}

  private static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String MERGES = "tokenizer.ggml.merges";
  private static final String TYPES = "tokenizer.ggml.token_type";
  private static final String TEMPLATE = "tokenizer.chat_template";
  private static final int CONTROL = 3;
  private static final int USER_DEFINED = 4;

  /** Controls that end a turn in some family's template, whatever the metadata names. */
  private static final Set<String> TURN_ENDS =
      Set.of("<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end_of_text|>", "<|end|>");

  /** For files without a template whose vocabulary has its turn marks. */
  private static final String CHATML =
      "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' +"
          + " message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}"
          + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

  static Vocabulary of(GgufMetadata metadata, int size) {
    String model =
        metadata
            .text("tokenizer.ggml.model")
            .orElseThrow(() -> GgufMetadata.missing("tokenizer.ggml.model"));
    if (!model.equals("gpt2")) {
      throw invalid(
          "tokenizer.ggml.model is " + model + "; only gpt2 (byte-level BPE) can be written");
    }
    Splitting splitting = Splitting.of(metadata.text("tokenizer.ggml.pre").orElse("default"));
    List<String> tokens = metadata.texts(TOKENS).orElseThrow(() -> GgufMetadata.missing(TOKENS));
    if (tokens.size() != size) {
      throw invalid(
          "%s has %d tokens, the embedding %d rows".formatted(TOKENS, tokens.size(), size));
    }
    Map<String, Integer> ids = new HashMap<>();
    for (int id = 0; id < size; id++) {
      if (ids.put(tokens.get(id), id) != null) {
        throw invalid("%s has the token %d, %s, twice".formatted(TOKENS, id, tokens.get(id)));
      }
    }
    double[] types = metadata.numbers(TYPES).orElseGet(() -> new double[size]);
    if (types.length != size) {
      throw invalid("%s has %d entries for %d tokens".formatted(TYPES, types.length, size));
    }
    List<Integer> controls = ofType(types, CONTROL);
    return new Vocabulary(
        tokens,
        controls,
        ofType(types, USER_DEFINED),
        merges(metadata, ids.keySet()),
        splitting,
        bos(metadata, splitting, size),
        eos(metadata, tokens, controls),
        template(metadata, ids.keySet()));
  }

  private static List<Integer> ofType(double[] types, int type) {
    List<Integer> ids = new ArrayList<>();
    for (int id = 0; id < types.length; id++) {
      if (types[id] == type) {
        ids.add(id);
      }
    }
    return ids;
  }

  private static List<Merge> merges(GgufMetadata metadata, Set<String> tokens) {
    List<Merge> merges = new ArrayList<>();
    for (String text : metadata.texts(MERGES).orElseThrow(() -> GgufMetadata.missing(MERGES))) {
      int space = text.indexOf(' ', 1);
      String left = space < 0 ? text : text.substring(0, space);
      String right = space < 0 ? "" : text.substring(space + 1);
      if (!tokens.contains(left) || !tokens.contains(right) || !tokens.contains(left + right)) {
        throw invalid(
            "%s has entry %d, \"%s\", which is no merge of two tokens to a third"
                .formatted(MERGES, merges.size(), text));
      }
      merges.add(new Merge(left, right));
    }
    return merges;
  }

  private static @Nullable Integer bos(GgufMetadata metadata, Splitting splitting, int size) {
    boolean wanted =
        metadata.flag("tokenizer.ggml.add_bos_token").orElse(splitting.beginsWithBos());
    return wanted ? token(metadata, "tokenizer.ggml.bos_token_id", size).orElse(null) : null;
  }

  private static List<Integer> eos(
      GgufMetadata metadata, List<String> tokens, List<Integer> controls) {
    Set<Integer> ends = new LinkedHashSet<>();
    for (String key : List.of("eos_token_id", "eot_token_id", "eom_token_id")) {
      token(metadata, "tokenizer.ggml." + key, tokens.size()).ifPresent(ends::add);
    }
    for (int id : controls) {
      if (TURN_ENDS.contains(tokens.get(id))) {
        ends.add(id);
      }
    }
    if (ends.isEmpty()) {
      throw GgufMetadata.missing("tokenizer.ggml.eos_token_id");
    }
    return List.copyOf(ends);
  }

  private static Optional<Integer> token(GgufMetadata metadata, String key, int size) {
    return metadata.has(key) ? Optional.of(metadata.whole(key, 0, size - 1)) : Optional.empty();
  }

  private static String template(GgufMetadata metadata, Set<String> tokens) {
    Set<String> marks = new HashSet<>(Set.of("<|im_start|>", "<|im_end|>"));
    marks.removeAll(tokens);
    String template =
        metadata
            .text(TEMPLATE)
            .or(() -> marks.isEmpty() ? Optional.of(CHATML) : Optional.empty())
            .orElseThrow(
                () ->
                    invalid(
                        TEMPLATE
                            + " is missing, so it is not known how to talk to it;"
                            + " an instruct or chat model has one"));
    if (template.length() > ModelManifest.MAX_TEMPLATE_CHARACTERS) {
      throw invalid(
          "%s has %,d characters, and may have %,d; use another file of this model"
              .formatted(TEMPLATE, template.length(), ModelManifest.MAX_TEMPLATE_CHARACTERS));
    }
    return template;
  }

  private static ProblemException invalid(String what) {
    return new ProblemException(Kind.INVALID, "Not a usable GGUF file: " + what + ".");
  }
}
