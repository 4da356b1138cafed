package io.kvasir.ingest.format;

import java.util.Set;

/**
 * Writes raised and lowered text so that it stays apart from what it stands beside: 10⁵, not 105.
 */
final class RaisedText {
  /** What is longer is a sentence in small print. */
  static final int MAX_CHARACTERS = 20;

  private static final String PLAIN = "0123456789+-=()n−";
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ⁻";
  private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ₋";

  // 1st, 3rd, 2e, 1er, 5º, Mme, Mlle; signs that are raised by themselves.
  private static final Set<String> BELONGING =
      Set.of("st", "nd", "rd", "th", "er", "re", "e", "ème", "ère", "eme", "o", "os", "a", "as");
  private static final Set<String> ABBREVIATED =
      Set.of("me", "mes", "lle", "lles", "gr", "r", "rs");
  private static final Set<String> SIGNS =
      Set.of("®", "©", "™", "°", "º", "ª", "*", "†", "‡", "′", "″");

  private RaisedText() {}

  /** Raised text behind a character, 0 if it begins. */
  static String raised(String text, char before) {
    boolean ordinal = Character.isDigit(before) && BELONGING.contains(text);
    boolean abbreviated = Character.isUpperCase(before) && ABBREVIATED.contains(text);
    if (ordinal || abbreviated || SIGNS.contains(text)) {
      return text;
    }
    return written(text, RAISED, "^(");
  }

  /** Lowered text. */
  static String lowered(String text) {
    return written(text, LOWERED, "_(");
  }

  private static String written(String text, String letters, String open) {
    if (text.length() > MAX_CHARACTERS) {
      return " " + text;
    }
    StringBuilder written = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int letter = PLAIN.indexOf(text.charAt(i));
      if (letter < 0) {
        return open + text + ")";
      }
      written.append(letters.charAt(letter));
    }
    return written.toString();
  }
}
