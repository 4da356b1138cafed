package io.kvasir.gguf;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import org.jspecify.annotations.Nullable;

/** How a family's tokenizer normalises text and cuts it into words before it merges bytes. */
enum Splitting {
  /** The pattern of GPT-2. */
  GPT2(null, false, false, false),
  /** Digits one by one, then the pattern of GPT-2; Granite 3 too. */
  SMOLLM(null, true, false, false),
  /** Its own pattern, after canonical composition. */
  QWEN2(
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
      false,
      true,
      false),
  /** Its own pattern: up to three digits together. */
  LLAMA3(
      "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}|"
          + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
      false,
      false,
      true),
  /** As {@link #LLAMA3}, but words are always merged and nothing begins a prompt. */
  DBRX(LLAMA3.pattern, false, false, false);

  private final @Nullable String pattern;
  private final boolean singleDigits;
  private final boolean composed;
  private final boolean beginsWithBos;

  Splitting(
      @Nullable String pattern, boolean singleDigits, boolean composed, boolean beginsWithBos) {
    this.pattern = pattern;
    this.singleDigits = singleDigits;
    this.composed = composed;
    this.beginsWithBos = beginsWithBos;
  }

  /** The splitting that {@code tokenizer.ggml.pre} names. */
  static Splitting of(String name) {
    return switch (name) {
      case "gpt-2", "default" -> GPT2;
      case "smollm", "refact" -> SMOLLM;
      case "qwen2" -> QWEN2;
      case "llama-bpe", "llama3", "llama-v3" -> LLAMA3;
      case "dbrx" -> DBRX;
      default ->
          throw new ProblemException(
              Kind.INVALID,
              "tokenizer.ggml.pre is "
                  + name
                  + ", which is not known here; smollm, refact, qwen2, llama-bpe, dbrx and gpt-2 are.");
    };
  }

  /** Where to cut, as a regular expression of Oniguruma; null for GPT-2's own. */
  @Nullable String pattern() {
    return pattern;
  }

  /** Whether digits are cut one by one first. */
  boolean singleDigits() {
    return singleDigits;
  }

  /** Whether text is brought to canonical composition (NFC) first. */
  boolean composed() {
    return composed;
  }

  /** Whether prompts begin with the beginning token where the file does not say. */
  boolean beginsWithBos() {
    return beginsWithBos;
  }
}
