package io.kvasir.ingest.format;

import io.kvasir.ingest.format.PdfTables.Reading;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a page into parts that are read one after the other: columns of text, also if the file draws
 * them line by line across the page, and tables, also if it draws them column by column.
 */
final class PdfColumns {
  private static final int MIN_ROWS = 3;

  /** On a page with more there is no looking for columns; the densest have half of it. */
  private static final int MAX_RUNS = 5_000;

  private static final int MAX_GAPS = 12;

  /** The narrowest space between columns, in sizes. */
  private static final float MIN_GUTTER = 0.8f;

  /** A line that goes on in the column above is no farther from it, in sizes. */
  private static final float MAX_PITCH = 2.4f;

  private final List<List<List<PdfRun>>> parts = new ArrayList<>();

  private PdfColumns() {}

  /** The parts of a page, in the order of reading, each as lines. */
  static List<List<List<PdfRun>>> of(List<PdfRun> runs) {
    if (runs.size() > MAX_RUNS) {
      return PdfBlocks.of(runs);
    }
    PdfColumns columns = new PdfColumns();
    columns.cut(PdfLine.rows(runs));
    return columns.parts;
  }

  /** Rows that have a space between columns in common. */
  private record Strip(int from, int to) {
    int length() {
      return to - from;
    }
  }

  private record Interval(float from, float to) {
    float width() {
      return to - from;
    }

    Interval and(Interval other) {
      return new Interval(Math.max(from, other.from), Math.min(to, other.to));
    }
  }

  private void cut(List<List<PdfRun>> rows) {
    int done = 0;
    int from = 0;
    while (from < rows.size()) {
      Strip strip = longest(rows, done, from);
      if (strip == null) {
        from++;
        continue;
      }
      List<List<PdfRun>> columns = columns(rows.subList(strip.from(), strip.to()));
      Reading reading = columns.size() > 1 ? PdfTables.reading(columns) : Reading.AS_DRAWN;
      if (reading != Reading.AS_DRAWN) {
        add(rows.subList(done, strip.from()));
        (reading == Reading.DOWN ? columns : List.of(flat(columns)))
            .forEach(part -> parts.add(PdfLine.rows(part)));
        done = strip.to();
      }
      from = Math.max(strip.to(), from + 1);
    }
    add(rows.subList(done, rows.size()));
  }

  private void add(List<List<PdfRun>> rows) {
    List<PdfRun> runs = new ArrayList<>(flat(rows));
    runs.sort(Comparator.comparingInt(PdfRun::order));
    parts.addAll(PdfBlocks.of(runs));
  }

  private static List<PdfRun> flat(List<List<PdfRun>> lists) {
    return lists.stream().flatMap(List::stream).toList();
  }

  /** The longest strip through a gap that this row has, or has together with the next. */
  private static @Nullable Strip longest(List<List<PdfRun>> rows, int first, int from) {
    Strip longest = null;
    for (Interval gap : gaps(rows, from)) {
      Interval common = gap;
      int to = from + 1;
      while (to < rows.size() && isWide(widest(rows.get(to), common), rows.get(to))) {
        common = widest(rows.get(to), common);
        to++;
      }
      int begin = from;
      while (begin > first
          && isNear(rows.get(begin - 1), rows.get(begin))
          && isWide(widest(rows.get(begin - 1), common), rows.get(begin - 1))) {
        begin--;
        common = widest(rows.get(begin), common);
      }
      Strip strip = new Strip(begin, end(rows, begin, to, common));
      if (strip.length() >= MIN_ROWS && (longest == null || strip.length() > longest.length())) {
        longest = strip;
      }
    }
    return longest;
  }

  /** Where both columns have ended, and what goes on in one of them without a break. */
  private static int end(List<List<PdfRun>> rows, int from, int to, Interval gutter) {
    int lastLeft = from;
    int lastRight = from;
    for (int i = from; i < to; i++) {
      lastLeft = rows.get(i).get(0).left() < gutter.from() ? i : lastLeft;
      lastRight = right(rows.get(i)) > gutter.to() ? i : lastRight;
    }
    int end = Math.min(lastLeft, lastRight) + 1;
    while (end < to && isNear(rows.get(end - 1), rows.get(end))) {
      end++;
    }
    return end;
  }

  private static List<Interval> gaps(List<List<PdfRun>> rows, int at) {
    List<PdfRun> row = rows.get(at);
    List<Interval> gaps = new ArrayList<>();
    float end = row.get(0).right();
    for (int i = 1; i < row.size() && gaps.size() < MAX_GAPS; i++) {
      Interval gap = new Interval(end, row.get(i).left());
      if (isWide(gap, row)) {
        gaps.add(gap);
      }
      end = Math.max(end, row.get(i).right());
    }
    if (at + 1 < rows.size() && isNear(row, rows.get(at + 1))) {
      // Lines of columns need not be at the same height.
      List<PdfRun> next = rows.get(at + 1);
      for (Interval beside :
          List.of(
              new Interval(end, next.get(0).left()),
              new Interval(right(next), row.get(0).left()))) {
        if (isWide(beside, row)) {
          gaps.add(beside);
        }
      }
    }
    return gaps;
  }

  /** What a row leaves free of this, at the widest. */
  private static Interval widest(List<PdfRun> row, Interval of) {
    Interval widest = new Interval(Float.NEGATIVE_INFINITY, row.get(0).left()).and(of);
    float end = row.get(0).right();
    for (PdfRun run : row) {
      Interval gap = new Interval(end, run.left()).and(of);
      widest = gap.width() > widest.width() ? gap : widest;
      end = Math.max(end, run.right());
    }
    Interval behind = new Interval(end, Float.POSITIVE_INFINITY).and(of);
    return behind.width() > widest.width() ? behind : widest;
  }

  private static boolean isWide(Interval gap, List<PdfRun> row) {
    return gap.width() >= MIN_GUTTER * row.get(0).size();
  }

  private static boolean isNear(List<PdfRun> row, List<PdfRun> next) {
    return next.get(0).baseline() - row.get(0).baseline() <= MAX_PITCH * next.get(0).size();
  }

  private static float right(List<PdfRun> row) {
    return (float) row.stream().mapToDouble(PdfRun::right).max().orElse(0);
  }

  /** What no row has anything between. */
  private static List<List<PdfRun>> columns(List<List<PdfRun>> rows) {
    List<PdfRun> runs = new ArrayList<>(flat(rows));
    runs.sort(Comparator.comparingDouble(PdfRun::left));
    List<List<PdfRun>> columns = new ArrayList<>();
    float end = 0;
    for (PdfRun run : runs) {
      if (columns.isEmpty() || run.left() - end >= MIN_GUTTER * run.size()) {
        columns.add(new ArrayList<>());
        end = run.right();
      }
      columns.get(columns.size() - 1).add(run);
      end = Math.max(end, run.right());
    }
    return columns;
  }
}
