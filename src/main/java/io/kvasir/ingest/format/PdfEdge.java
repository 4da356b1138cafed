package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * A line at the upper or lower edge of a page, apart from the text.
 *
 * @param page where it is, from 1
 */
record PdfEdge(int page, PdfLine line) {
  /** How far edges reach into a page, as a part of its height. */
  private static final float REACH = 0.15f;

  private static final int MAX_LINES = 3;

  /** How far they are from the text, in sizes. */
  private static final float APART = 1.9f;

  /** The edges of a page. */
  static List<PdfEdge> of(int page, List<PdfLine> lines) {
    List<PdfEdge> edges = new ArrayList<>();
    for (PdfTurn turn : PdfTurn.values()) {
      List<PdfLine> down =
          lines.stream()
              .filter(line -> line.place().turn() == turn)
              .sorted(Comparator.comparingDouble(PdfLine::baseline))
              .toList();
      List<PdfLine> up = new ArrayList<>(down);
      Collections.reverse(up);
      List<PdfLine> head = edge(down, true);
      List<PdfLine> foot = edge(up, false);
      head.forEach(line -> edges.add(new PdfEdge(page, line)));
      foot.stream()
          .filter(line -> !head.contains(line))
          .forEach(line -> edges.add(new PdfEdge(page, line)));
    }
    return edges;
  }

  /** The lines from the edge up to the last gap that is wide enough. */
  private static List<PdfLine> edge(List<PdfLine> inward, boolean top) {
    int count = 0;
    int rows = 0;
    float gap = Float.POSITIVE_INFINITY;
    for (int i = 0; i < inward.size() && rows < MAX_LINES && isNearEdge(inward.get(i), top); i++) {
      PdfLine line = inward.get(i);
      // The last line is as far from the text as it is from the line before.
      gap = i + 1 == inward.size() ? gap : Math.abs(inward.get(i + 1).baseline() - line.baseline());
      rows += gap < 1 ? 0 : 1;
      if (gap > APART * line.size()) {
        count = i + 1;
      }
    }
    return inward.subList(0, count);
  }

  private static boolean isNearEdge(PdfLine line, boolean top) {
    float depth = line.baseline() / line.place().height();
    return top ? depth <= REACH : depth >= 1 - REACH;
  }
}
