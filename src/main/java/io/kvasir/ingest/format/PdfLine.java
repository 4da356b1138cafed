package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A line of text on a page.
 *
 * @param text its words; parts that are far apart are separated by {@link PdfWords#WIDE_GAP}
 * @param left where it begins
 * @param right where it ends
 * @param baseline what it stands on, from the page's top
 * @param size of most of its letters
 * @param place which part of the page it is in; lines of different parts are no neighbours
 */
record PdfLine(String text, float left, float right, float baseline, float size, Place place) {
  /** Punctuation may be drawn so far back over what is before it, in sizes. */
  private static final float OVERLAPPING = 0.5f;

  /**
   * A part of a page whose lines stand below each other.
   *
   * @param turn how it is to be turned for reading
   * @param height of the page when it is turned so
   * @param number in the order of reading, within the page
   */
  record Place(PdfTurn turn, float height, int number) {}

  /** Joins the runs that stand beside each other; each row from left to right, rows downwards. */
  static List<List<PdfRun>> rows(List<PdfRun> runs) {
    List<PdfRun> sorted = new ArrayList<>(runs);
    sorted.sort(Comparator.comparingDouble(PdfRun::baseline));
    List<List<PdfRun>> rows = new ArrayList<>();
    PdfRun first = null;
    for (PdfRun run : sorted) {
      if (first == null || !run.isOnLineOf(first)) {
        rows.add(new ArrayList<>());
        first = run;
      }
      rows.get(rows.size() - 1).add(run);
    }
    rows.forEach(PdfLine::sort);
    return rows;
  }

  /** Puts a line's runs in order from left to right; those that overlap stay as drawn. */
  static void sort(List<PdfRun> row) {
    row.sort(Comparator.comparingDouble(PdfRun::left));
    for (int i = 1; i < row.size(); i++) {
      PdfRun run = row.get(i);
      PdfRun before = row.get(i - 1);
      if (run.order() < before.order()
          && run.left() - before.left() < OVERLAPPING * Math.min(run.size(), before.size())) {
        row.set(i - 1, run);
        row.set(i, before);
      }
    }
  }

  /** The line that a row is. */
  static PdfLine of(List<PdfRun> row, Place place) {
    List<PdfLetter> letters = row.stream().flatMap(run -> run.letters().stream()).toList();
    float right = (float) row.stream().mapToDouble(PdfRun::right).max().orElse(0);
    return new PdfLine(
        PdfWords.of(letters),
        row.get(0).left(),
        right,
        row.get(0).baseline(),
        PdfSizes.usual(letters, PdfLetter::size, letter -> 1),
        place);
  }

  /** Its words without what tells wide gaps. */
  String words() {
    return text.replace(PdfWords.WIDE_GAP, ' ');
  }
}
