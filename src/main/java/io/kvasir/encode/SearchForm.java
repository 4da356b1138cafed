package io.kvasir.encode;

import java.text.Normalizer;
import java.text.Normalizer.Form;

/**
 * The one form in which text is searched, of passages and of questions alike, so that two spellings
 * that look the same are the same: composed letters, no soft hyphens or other characters without
 * width, plain letters for ligatures and for wide ones, plain spaces and hyphens. Exponents stay
 * apart from their numbers: 10⁵ becomes 10^5, but m² m2. Text is never shown in this form.
 */
public final class SearchForm {
  private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ";
  private static final String OF_RAISED = "0123456789+-=()n";
  private static final String LOWERED = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎";
  private static final String OF_LOWERED = "0123456789+-=()";

  private SearchForm() {}

  /** The form of a text; of one that only has characters without width, the text itself. */
  public static String of(String text) {
    if (text.chars().allMatch(c -> c < 0x80)) {
      return text;
    }
    StringBuilder form = new StringBuilder(text.length());
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (RAISED.indexOf(c) >= 0) {
        next = script(text, i, RAISED, OF_RAISED, '^', form);
      } else if (LOWERED.indexOf(c) >= 0) {
        next = script(text, i, LOWERED, OF_LOWERED, '_', form);
      } else if (isCompatible(c)) {
        next = compatible(text, i, form);
      } else if (!hasNoWidth(c)) {
        form.appendCodePoint(plain(c));
      }
      i = next;
    }
    return form.isEmpty() ? text : Normalizer.normalize(form, Form.NFC);
  }

  /**
   * Behind a letter it is part of a name, such as H₂O; behind anything else a number of its own.
   */
  private static int script(
      String text, int start, String from, String to, char mark, StringBuilder form) {
    boolean name = !form.isEmpty() && Character.isLetter(form.codePointBefore(form.length()));
    boolean first = form.isEmpty() || Character.isWhitespace(form.charAt(form.length() - 1));
    if (!name && !first) {
      form.append(mark);
    }
    int i = start;
    for (; i < text.length() && from.indexOf(text.charAt(i)) >= 0; i++) {
      form.append(to.charAt(from.indexOf(text.charAt(i))));
    }
    return i;
  }

  /** A run of them at once, since a narrow letter and its mark become one. */
  private static int compatible(String text, int start, StringBuilder form) {
    int i = start;
    while (i < text.length() && isCompatible(text.codePointAt(i))) {
      i += Character.charCount(text.codePointAt(i));
    }
    form.append(Normalizer.normalize(text.substring(start, i), Form.NFKC));
    return i;
  }

  /**
   * Whether a character is another way to write letters or digits. Unicode's compatibility takes
   * exponents, fractions and trade marks for that, too, which would change numbers and names.
   */
  private static boolean isCompatible(int c) {
    return (c >= 0xFB00 && c <= 0xFDFF)
        || (c >= 0xFE70 && c < 0xFEFF)
        || (c >= 0xFF10 && c <= 0xFF19)
        || (c >= 0xFF21 && c <= 0xFF3A)
        || (c >= 0xFF41 && c <= 0xFF5A)
        || (c >= 0xFF65 && c <= 0xFFDC)
        || (c >= 0x2160 && c <= 0x217F)
        || (c >= 0x2E80 && c <= 0x2FD5)
        || (c >= 0x3300 && c <= 0x33FF)
        || (c >= 0x1D400 && c <= 0x1D7FF)
        || (c >= 0x0132 && c <= 0x0133)
        || (c >= 0x01C4 && c <= 0x01CC)
        || c == 0x017F
        || c == 0x00B5;
  }

  private static boolean hasNoWidth(int c) {
    boolean format = Character.getType(c) == Character.FORMAT;
    boolean arabicSign = c >= 0x0600 && c <= 0x08E2 && c != 0x061C;
    boolean variant = (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
    return (format && !arabicSign) || variant || c == 0x034F;
  }

  /** Also the sign of a negative number, which people type as a hyphen. */
  private static int plain(int c) {
    boolean hyphen = c == 0x2010 || c == 0x2011 || c == 0x2212;
    return hyphen ? '-' : Character.isSpaceChar(c) ? ' ' : c;
  }
}
