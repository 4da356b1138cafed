package io.kvasir.contrast;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.EngineOptions;
import io.kvasir.retrieve.CollectionName;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Retriever;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one contrast may take.
 *
 * @param style how much answers say, unless the question says otherwise
 * @param k passages of the rag path, unless the question says otherwise; null for the decoder's
 * @param maxK the most a question may ask for
 * @param nearness share of the best passage's score, by meaning or by words, that others of the rag
 *     path need; null for the decoder's
 * @param budget tokens of passages in a prompt, unless the question says otherwise
 * @param historyBudget tokens of earlier turns in a prompt
 * @param maxTokens the most tokens of an answer
 * @param questionCharacters the longest question
 * @param running the most contrasts at a time
 * @param reconnect how long a contrast goes on without a reader
 * @param keep how long the end of a contrast is tried to be kept while the store does not answer
 */
public record ContrastLimits(
    AnswerStyle style,
    @Nullable Integer k,
    int maxK,
    @Nullable Double nearness,
    int budget,
    int historyBudget,
    int maxTokens,
    int questionCharacters,
    int running,
    Duration reconnect,
    Duration keep) {
  /** The longest question that may be set: retrieval searches with it and with the one before. */
  public static final int LONGEST_QUESTION = (Retriever.LONGEST_TEXT - 1) / 2;

  private static final int MOST_PASSAGES = 50;

  private static final Setting<AnswerStyle> STYLE =
      Setting.choice(
          "answer.style",
          AnswerStyle.ANSWER,
          AnswerStyle.values(),
          "How much an answer says when nobody says: a few words, a sentence or three, or all there"
              + " is.");

  private static final Setting<Integer> PASSAGES =
      Setting.number(
          "retrieve.k",
          AnswerDefaults.SAFE.passages(),
          1,
          MOST_PASSAGES,
          "Passages that rag puts into its prompt at the most; where nobody sets it, the catalogue"
              + " may say otherwise for a decoder.");

  private static final Setting<Double> NEARNESS =
      Setting.decimal(
          "retrieve.nearness",
          Double.toString(AnswerDefaults.SAFE.nearness()),
          0,
          1,
          "Share of the nearest passage's score, by meaning or by words, that another one needs for"
              + " rag to put it into its prompt; 0 for all k. Where nobody sets it, the catalogue"
              + " may say otherwise for a decoder.");

  private static final Setting<Integer> BUDGET =
      Setting.number(
          "prompt.budget", 2_048, 64, 131_072, "Tokens that passages may take in a prompt.");

  private static final Setting<Integer> HISTORY_BUDGET =
      Setting.number(
          "prompt.history-budget",
          1_024,
          64,
          131_072,
          "Tokens that earlier turns may take in a prompt.");

  /** How long an answer can be when nobody says. */
  public static final Setting<Integer> STANDARD_TOKENS =
      Setting.number(
          "sampling.max-tokens", 128, 1, 32_768, "Tokens of an answer when nobody says.");

  private static final Setting<Integer> MOST_TOKENS =
      Setting.number(
          "sampling.max-tokens-limit", 1_024, 1, 32_768, "Tokens of an answer at the most.");

  private static final Setting<Duration> RECONNECT =
      Setting.seconds(
          "contrast.reconnect-seconds",
          10,
          1,
          3_600,
          "How long a contrast runs on when its reader is gone.");

  private static final Setting<Duration> KEEP =
      Setting.seconds(
          "contrast.keep-seconds",
          300,
          0,
          86_400,
          "How long an ended contrast is tried to be kept while the database is away.");

  private static final Setting<Integer> RUNNING =
      Setting.number("contrast.running", 32, 1, 10_000, "Contrasts that may run at a time.");

  private static final Setting<Integer> QUESTION_CHARACTERS =
      Setting.number(
          "contrast.max-question-characters",
          4_000,
          1,
          LONGEST_QUESTION,
          "Characters of a question at the most.");

  /** The collection of a question that names none. */
  public static final Setting<String> DEFAULT_COLLECTION =
      Setting.text(
          "default.collection",
          "debian-faq-en",
          CollectionName.FORM,
          "lower case letters, digits and hyphens",
          "The collection that is asked when nobody names one.");

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.of(
              STYLE,
              PASSAGES,
              NEARNESS,
              BUDGET,
              HISTORY_BUDGET,
              STANDARD_TOKENS,
              MOST_TOKENS,
              RECONNECT,
              KEEP,
              RUNNING,
              QUESTION_CHARACTERS,
              DEFAULT_COLLECTION)
          .checked(ContrastLimits::check);

  /** What is used unless settings say otherwise. */
  public static final ContrastLimits DEFAULT = of(Settings.DEFAULTS);

  /** Those that are set. */
  public static ContrastLimits of(Settings settings) {
    return new ContrastLimits(
        settings.value(STYLE),
        settings.written(PASSAGES).orElse(null),
        Math.min(MOST_PASSAGES, settings.value(Fusion.CANDIDATES)),
        settings.written(NEARNESS).orElse(null),
        settings.value(BUDGET),
        settings.value(HISTORY_BUDGET),
        settings.value(MOST_TOKENS),
        settings.value(QUESTION_CHARACTERS),
        settings.value(RUNNING),
        settings.value(RECONNECT),
        settings.value(KEEP));
  }

  /** What answers of a decoder get that are not told otherwise: what is set, or its own. */
  public AnswerDefaults over(AnswerDefaults decoders) {
    return new AnswerDefaults(
        k == null ? decoders.passages() : k,
        nearness == null ? decoders.nearness() : nearness,
        decoders.bestLast(),
        decoders.blankLine(),
        decoders.opening(),
        decoders.loopPenalty());
  }

  private static void check(Settings settings) {
    settings.requireAtMost(BUDGET, EngineOptions.CONTEXT);
    settings.requireAtMost(STANDARD_TOKENS, MOST_TOKENS);
    settings.requireAtMost(PASSAGES, Fusion.CANDIDATES);
  }

  /** The same for contrasts that run in other numbers and for other times. */
  public ContrastLimits withLife(int contrasts, Duration withoutReader, Duration withoutStore) {
    return new ContrastLimits(
        style,
        k,
        maxK,
        nearness,
        budget,
        historyBudget,
        maxTokens,
        questionCharacters,
        contrasts,
        withoutReader,
        withoutStore);
  }

  /**
   * Refuses a question that is too long.
   *
   * @throws ProblemException TOO_LONG, naming the setting
   */
  public void requireShort(String question) {
    if (question.length() > questionCharacters) {
      throw new ProblemException(
          ProblemException.Kind.TOO_LONG,
          "The question has %d characters; the limit is %d (%s)."
              .formatted(question.length(), questionCharacters, QUESTION_CHARACTERS.key()));
    }
  }
}
