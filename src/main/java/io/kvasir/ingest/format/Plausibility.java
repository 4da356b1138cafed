package io.kvasir.ingest.format;

import java.lang.Character.UnicodeScript;
import java.nio.CharBuffer;
import java.util.Set;

/**
 * Counts the characters of a text that do not stand so in any language, which text that was read in
 * a wrong charset is full of: signs within words, letters of two scripts in one, capitals behind
 * small letters, what Unicode has not assigned. Only characters beyond ASCII are judged.
 */
final class Plausibility {
  private static final double RARE = 0.5;
  private static final double IMPOSSIBLE = 2;
  private static final int NOTHING = ' ';
  private static final int FIRST_CONTROL = 0x80;
  private static final int LAST_CONTROL = 0x9F;

  // Written without spaces, so that words of other scripts stand directly beside them.
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.HANGUL,
          UnicodeScript.BOPOMOFO,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  private int before = NOTHING;
  private int here = NOTHING;
  private int characters;
  private double odd;

  /** Reads on. */
  void read(CharBuffer text) {
    while (text.hasRemaining()) {
      char first = text.get();
      boolean pair =
          Character.isHighSurrogate(first)
              && text.hasRemaining()
              && Character.isLowSurrogate(text.get(text.position()));
      next(pair ? Character.toCodePoint(first, text.get()) : first);
    }
  }

  /** The text has ended. */
  void end() {
    next(NOTHING);
  }

  /** How many characters beyond ASCII there were. */
  int characters() {
    return characters;
  }

  /** How many of them do not stand so in any text; what cannot be in one counts twice. */
  double odd() {
    return odd;
  }

  private void next(int after) {
    if (here >= FIRST_CONTROL) {
      characters++;
      odd += oddity(before, here, after);
    }
    before = here;
    here = after;
  }

  private static double oddity(int before, int here, int after) {
    if (here <= LAST_CONTROL || here == 0xFFFD || isUnassigned(here)) {
      return IMPOSSIBLE;
    }
    if (Character.isLetter(here)) {
      return isOddLetter(before, here, after) ? 1 : isRare(here) ? RARE : 0;
    }
    if (Character.getType(here) == Character.NON_SPACING_MARK) {
      return Character.isLetter(before) || isMark(before) ? 0 : 1;
    }
    // A sign between two letters, or two of them behind one: "dzia³a", "ca³¹".
    boolean sign = isSign(here);
    return sign && Character.isLetter(before) && (Character.isLetter(after) || isSign(after))
        ? 1
        : 0;
  }

  private static boolean isOddLetter(int before, int here, int after) {
    boolean capitalWithin = Character.isLowerCase(before) && Character.isUpperCase(here);
    boolean foreign = isForeign(before, here);
    boolean digits = Character.isDigit(before) && Character.isDigit(after);
    return capitalWithin
        || (digits && !isSpaceless(here))
        || (foreign && (!isSpaceless(here) || isForeign(here, after)));
  }

  /** Whether two letters that stand beside each other are of two scripts. */
  private static boolean isForeign(int one, int other) {
    if (!Character.isLetter(one) || !Character.isLetter(other)) {
      return false;
    }
    UnicodeScript script = UnicodeScript.of(one);
    UnicodeScript another = UnicodeScript.of(other);
    boolean shared = script == UnicodeScript.COMMON || another == UnicodeScript.COMMON;
    boolean spaceless = WITHOUT_SPACES.contains(script) && WITHOUT_SPACES.contains(another);
    return script != another && !shared && !spaceless;
  }

  private static boolean isSpaceless(int letter) {
    return WITHOUT_SPACES.contains(UnicodeScript.of(letter));
  }

  /** Signs that no word has within it; quotation marks, dashes and points may stand there. */
  private static boolean isSign(int c) {
    return c >= FIRST_CONTROL
        && switch (Character.getType(c)) {
          case Character.OTHER_SYMBOL,
              Character.MATH_SYMBOL,
              Character.CURRENCY_SYMBOL,
              Character.MODIFIER_SYMBOL,
              Character.OTHER_NUMBER,
              Character.START_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION ->
              true;
          default -> c == '¶' || c == '§' || c == '¿' || c == '¡' || c == '\u00A0';
        };
  }

  /** Ideographs of dictionaries and the narrow letters of old terminals. */
  private static boolean isRare(int letter) {
    boolean narrow = letter >= 0xFF61 && letter <= 0xFFDC;
    boolean ideograph = Character.isIdeographic(letter);
    return narrow || (ideograph && (letter < 0x4E00 || letter > 0x9FA5));
  }

  private static boolean isMark(int c) {
    return Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private static boolean isUnassigned(int c) {
    int type = Character.getType(c);
    return type == Character.UNASSIGNED
        || type == Character.PRIVATE_USE
        || type == Character.SURROGATE;
  }
}
