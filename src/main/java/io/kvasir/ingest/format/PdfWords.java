package io.kvasir.ingest.format;

import java.text.Bidi;
import java.text.Normalizer;
import java.util.List;

/**
 * Writes the letters of a line as text: with spaces where it has gaps, from right to left if so.
 */
final class PdfWords {
  /** Stands in a line where its parts are farther apart than words are. */
  static final char WIDE_GAP = '\t';

  // As PDFBox guesses where a space is: a gap of half a space, or of .3 letters if that is less.
  private static final float SPACES = 0.5f;
  private static final float LETTERS = 0.3f;

  private static final float BESIDE_CHINESE = 0.12f;

  private static final float WIDE = 1.5f;

  private PdfWords() {}

  /** The words of letters that are in order from left to right. */
  static String of(List<PdfLetter> letters) {
    StringBuilder line = new StringBuilder();
    PdfLetter last = null;
    float average = 0;
    float end = 0;
    for (PdfLetter letter : letters) {
      float width = (letter.right() - letter.left()) / Math.max(1, letter.text().length());
      boolean other =
          last == null || last.size() != letter.size() || last.space() != letter.space();
      float usual = other ? Math.min(last == null ? width : average, width) : (average + width) / 2;
      if (last != null && !letter.isBlank()) {
        float gap = letter.left() - end;
        // Chinese is set apart from other writing by less than its letters are wide.
        float space =
            isChinese(last) != isChinese(letter)
                ? BESIDE_CHINESE * letter.size()
                : Math.min((last.space() + letter.space()) / 2 * SPACES, usual * LETTERS);
        if (gap > WIDE * letter.size()) {
          while (!line.isEmpty() && line.charAt(line.length() - 1) == ' ') {
            line.setLength(line.length() - 1);
          }
          line.append(WIDE_GAP);
        } else if (letter.left() > last.right() + space && !last.text().endsWith(" ")) {
          line.append(' ');
        }
      }
      line.append(letter.text().replace(WIDE_GAP, ' '));
      if (!letter.isBlank()) {
        end = letter.right();
      }
      average = other ? width : usual;
      last = letter;
    }
    return inReadingOrder(normal(line.toString()));
  }

  private static boolean isChinese(PdfLetter letter) {
    return letter.text().codePoints().anyMatch(Character::isIdeographic);
  }

  /** Words as one sees them from left to right, from the order in which one reads them. */
  static String asSeen(String read) {
    return inReadingOrder(read);
  }

  /** Without ligatures and the shapes of letters that fonts have for a place in a word. */
  private static String normal(String line) {
    StringBuilder normal = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (isShape(c)) {
        String letters = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKC).strip();
        normal.append(
            Bidi.requiresBidi(letters.toCharArray(), 0, letters.length())
                ? new StringBuilder(letters).reverse()
                : letters);
      } else {
        normal.append(c);
      }
    }
    return normal.toString();
  }

  private static boolean isShape(char c) {
    return (c >= '\uFB00' && c <= '\uFDFF') || (c >= '\uFE70' && c < '\uFEFF');
  }

  /** Puts what stands from left to right as one sees it into the order in which one reads it. */
  private static String inReadingOrder(String seen) {
    char[] characters = seen.toCharArray();
    if (!Bidi.requiresBidi(characters, 0, characters.length)) {
      return seen;
    }
    long leftward = seen.codePoints().filter(PdfWords::isRightToLeft).count();
    boolean leads = leftward * 2 >= seen.codePoints().filter(Character::isLetter).count();
    StringBuilder line = leads ? mirrored(seen) : new StringBuilder(seen);
    // The runs that go the other way than the line does were turned with it, or were not.
    int start = -1;
    for (int i = 0; i <= line.length(); i++) {
      boolean other =
          i < line.length()
              && (leads ? isLeftToRight(line.charAt(i)) : isRightToLeft(line.charAt(i)));
      if (other && start < 0) {
        start = i;
      } else if (!other && start >= 0 && !(i < line.length() && isWithin(line, i, leads))) {
        line.replace(start, i, mirrored(line.substring(start, i)).toString());
        start = -1;
      }
    }
    return line.toString();
  }

  /** Whether what is neither goes on with the run that it stands in. */
  private static boolean isWithin(StringBuilder line, int at, boolean leads) {
    int next = at + 1;
    char c = line.charAt(at);
    boolean neither = !isRightToLeft(c) && !isLeftToRight(c);
    return neither
        && next < line.length()
        && (leads ? isLeftToRight(line.charAt(next)) : isRightToLeft(line.charAt(next)));
  }

  private static boolean isLeftToRight(int c) {
    return Character.isDigit(c)
        || Character.getDirectionality(c) == Character.DIRECTIONALITY_LEFT_TO_RIGHT;
  }

  private static boolean isRightToLeft(int c) {
    byte direction = Character.getDirectionality(c);
    return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
  }

  private static StringBuilder mirrored(String text) {
    StringBuilder reverse = new StringBuilder(text).reverse();
    for (int i = 0; i < reverse.length(); i++) {
      int pair = "()[]{}<>«»".indexOf(reverse.charAt(i));
      if (pair >= 0) {
        reverse.setCharAt(i, "()[]{}<>«»".charAt(pair ^ 1));
      }
    }
    return reverse;
  }
}
