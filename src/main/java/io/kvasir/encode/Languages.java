package io.kvasir.encode;

/** Tells the language of a text, as far as the choice of an encoder needs it. */
public final class Languages {
  /** How many characters at the beginning of a text are looked at. */
  public static final int MAX_CHARACTERS = 100_000;

  /**
   * From which share of ideographs among the letters a text is Chinese. Far below one half, since
   * one ideograph says about as much as three Latin letters, and technical texts quote many.
   */
  public static final double CHINESE_FROM = 0.15;

  private Languages() {}

  /** The language as a BCP 47 code: {@code zh} or {@code en}. */
  public static String detect(String text) {
    String beginning = text.substring(0, Math.min(text.length(), MAX_CHARACTERS));
    long letters = beginning.codePoints().filter(Character::isLetter).count();
    long ideographs = beginning.codePoints().filter(Character::isIdeographic).count();
    return ideographs > 0 && ideographs >= CHINESE_FROM * letters ? "zh" : "en";
  }
}
