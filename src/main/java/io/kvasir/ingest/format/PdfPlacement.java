package io.kvasir.ingest.format;

import io.kvasir.ingest.format.PdfAnnotations.Placed;
import java.util.List;

/** Puts what was filled into a page among the page's letters: a value on the line of its label. */
final class PdfPlacement {
  private static final float LETTER = 0.5f;
  private static final float SPACE = 0.25f;
  private static final float LINE = 1.2f;
  private static final float MAX_SIZE = 12;
  private static final float MARGIN = 2;

  /** How far below the box's middle the baseline is, in sizes. */
  private static final float BELOW_MIDDLE = 0.35f;

  /** A label to the right, as boxes to tick have it, is no farther, in sizes. */
  private static final float NEAR = 3;

  private final List<PdfLetter> letters;

  private PdfPlacement(List<PdfLetter> letters) {
    this.letters = letters;
  }

  /**
   * Adds words to letters.
   *
   * @param letters of the page, upright, in the order in which they were drawn
   */
  static void place(List<Placed> all, List<PdfLetter> letters) {
    PdfPlacement placement = new PdfPlacement(letters);
    all.forEach(placement::place);
  }

  private void place(Placed placed) {
    List<String> lines = placed.words().lines().filter(line -> !line.isBlank()).toList();
    float height = placed.bottom() - placed.top();
    int label = label(placed);
    float size =
        label >= 0
            ? letters.get(label).size()
            : Math.max(1, Math.min(MAX_SIZE, height / lines.size() / LINE));
    boolean beside = label >= 0 && lines.size() == 1;
    float baseline =
        beside
            ? letters.get(label).baseline()
            : lines.size() == 1
                ? (placed.top() + placed.bottom()) / 2 + BELOW_MIDDLE * size
                : placed.top() + size;
    boolean before = label >= 0 && letters.get(label).left() >= placed.right() - MARGIN;
    int at = label < 0 ? below(placed) : before ? label : label + 1;
    for (String line : lines) {
      float left = placed.left() + MARGIN;
      float right = Math.min(placed.right(), left + line.length() * LETTER * size);
      letters.add(
          at++,
          new PdfLetter(
              PdfWords.asSeen(line), left, Math.max(left, right), baseline, size, SPACE * size));
      baseline += LINE * size;
    }
  }

  /** The nearest letter on the box's line: the last one before it, else the first one behind. */
  private int label(Placed placed) {
    int before = -1;
    int behind = -1;
    for (int i = 0; i < letters.size(); i++) {
      PdfLetter letter = letters.get(i);
      if (letter.isBlank()
          || letter.baseline() < placed.top()
          || letter.baseline() - BELOW_MIDDLE * letter.size() > placed.bottom()) {
        continue;
      }
      if (letter.right() <= placed.left() + MARGIN) {
        before = before < 0 || letter.right() > letters.get(before).right() ? i : before;
      } else if (letter.left() >= placed.right() - MARGIN
          && letter.left() <= placed.right() + NEAR * letter.size()) {
        behind = behind < 0 || letter.left() < letters.get(behind).left() ? i : behind;
      }
    }
    return before >= 0 ? before : behind;
  }

  /** Behind what is above it. */
  private int below(Placed placed) {
    int above = -1;
    for (int i = 0; i < letters.size(); i++) {
      PdfLetter letter = letters.get(i);
      if (letter.baseline() <= placed.bottom()
          && letter.left() < placed.right()
          && letter.right() > placed.left()
          && (above < 0 || letter.baseline() >= letters.get(above).baseline())) {
        above = i;
      }
    }
    return above + 1;
  }
}
