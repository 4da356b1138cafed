package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Letters that were drawn one after the other and stand beside each other: a word or more.
 *
 * @param letters from left to right, at least one of them visible
 * @param baseline what they stand on
 * @param size of their font
 * @param order when they were drawn
 */
record PdfRun(List<PdfLetter> letters, float baseline, float size, int order) {
  /** What is farther apart, in sizes, may belong to different columns. */
  private static final float MAX_GAP = 0.6f;

  private static final float SAME_BASELINE = 0.25f;
  private static final float MAX_BACK = 0.5f;
  private static final float MAX_DRIFT = 0.12f;
  private static final float MAX_GROWTH = 1.05f;

  PdfRun {
    letters = List.copyOf(letters);
  }

  /** The runs of letters, in the order in which they were drawn. */
  static List<PdfRun> of(List<PdfLetter> drawn) {
    List<PdfRun> runs = new ArrayList<>();
    List<PdfLetter> open = new ArrayList<>();
    for (PdfLetter letter : drawn) {
      if (!open.isEmpty() && !continues(open.get(open.size() - 1), letter)) {
        close(open, runs);
      }
      open.add(letter);
    }
    close(open, runs);
    return runs;
  }

  /** Where the first visible letter begins. */
  float left() {
    for (PdfLetter letter : letters) {
      if (!letter.isBlank()) {
        return letter.left();
      }
    }
    return letters.get(0).left();
  }

  /** Where the last visible letter ends. */
  float right() {
    for (int i = letters.size() - 1; i >= 0; i--) {
      if (!letters.get(i).isBlank()) {
        return letters.get(i).right();
      }
    }
    return letters.get(letters.size() - 1).right();
  }

  /** What it says, as it was drawn. */
  String text() {
    return letters.stream().map(PdfLetter::text).collect(Collectors.joining()).strip();
  }

  /** Whether both stand on the same line. */
  boolean isOnLineOf(PdfRun other) {
    return Math.abs(baseline - other.baseline) <= SAME_BASELINE * Math.min(size, other.size);
  }

  private static boolean continues(PdfLetter last, PdfLetter next) {
    float gap = next.left() - last.right();
    return gap <= MAX_GAP * last.size()
        && gap >= -MAX_BACK * last.size()
        && Math.abs(next.baseline() - last.baseline()) <= MAX_DRIFT * last.size()
        && Math.max(last.size(), next.size()) <= MAX_GROWTH * Math.min(last.size(), next.size());
  }

  private static void close(List<PdfLetter> open, List<PdfRun> runs) {
    if (open.stream().anyMatch(letter -> !letter.isBlank())) {
      PdfLetter middle = open.get(open.size() / 2);
      runs.add(new PdfRun(open, middle.baseline(), middle.size(), runs.size()));
    }
    open.clear();
  }
}
