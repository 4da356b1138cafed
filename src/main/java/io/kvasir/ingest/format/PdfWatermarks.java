package io.kvasir.ingest.format;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Leaves out what is printed slantwise across pages: large letters, and words that come again. What
 * else is slanted, such as the heads of narrow columns, is read.
 */
final class PdfWatermarks {
  private static final float LARGE = 1.5f;

  private PdfWatermarks() {}

  /** The lines of every page without watermarks. */
  static List<List<PdfLine>> without(List<List<PdfLine>> pages) {
    Map<String, Integer> repeats = new HashMap<>();
    pages.stream()
        .flatMap(List::stream)
        .filter(PdfWatermarks::isSlanted)
        .forEach(line -> repeats.merge(line.text(), 1, Integer::sum));
    if (repeats.isEmpty()) {
      return pages;
    }
    return pages.stream()
        .map(
            page -> {
              float body = bodySize(page);
              return page.stream()
                  .filter(
                      line ->
                          !isSlanted(line)
                              || (line.size() < LARGE * body
                                  && Integer.valueOf(1).equals(repeats.get(line.text()))))
                  .toList();
            })
        .toList();
  }

  private static boolean isSlanted(PdfLine line) {
    return line.place().turn() == PdfTurn.SLANTED;
  }

  /** Nothing is large on a page that has nothing else. */
  private static float bodySize(List<PdfLine> page) {
    return PdfSizes.usual(page, PdfLine::size, line -> isSlanted(line) ? 0 : line.text().length());
  }
}
