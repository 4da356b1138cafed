package io.kvasir.ingest.format;

import io.kvasir.ingest.format.PdfLine.Place;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Tells how columns beside each other are to be read. */
final class PdfTables {
  private static final int MIN_ROWS = 4;
  private static final double MIN_FILLED = 0.75;
  private static final double MAX_WIDER = 1.4;
  private static final double MIN_WORDS = 3.5;
  private static final double MIN_IDEOGRAPHS = 9;
  private static final double MAX_CELL_WORDS = 2.5;
  private static final double IN_COMMON = 0.8;
  private static final int MIN_PUNCTUATED = 2;
  private static final Place NOWHERE = new Place(PdfTurn.UPRIGHT, 1, 0);

  private PdfTables() {}

  /** How columns are read. */
  enum Reading {
    /** One after the other. */
    DOWN,
    /** Row by row, as tables are. */
    ACROSS,
    /** In the order in which the file draws them. */
    AS_DRAWN
  }

  /** How these columns beside each other are read. */
  static Reading reading(List<List<PdfRun>> columns) {
    if (areDrawnOneByOne(columns)) {
      return haveRowsInCommon(columns)
              && areCells(columns)
              && !columns.stream().allMatch(PdfTables::isProse)
          ? Reading.ACROSS
          : Reading.AS_DRAWN;
    }
    return columns.stream().allMatch(PdfTables::isProse) && areOfOneWidth(columns)
        ? Reading.DOWN
        : Reading.AS_DRAWN;
  }

  /** Sentences that fill their column. */
  private static boolean isProse(List<PdfRun> column) {
    List<List<PdfRun>> rows = PdfLine.rows(column);
    if (rows.size() < MIN_ROWS) {
      return false;
    }
    double width = width(column);
    double[] filled = rows.stream().mapToDouble(row -> width(row) / width).sorted().toArray();
    List<String> lines = lines(column);
    boolean words =
        average(lines, PdfTables::words) >= MIN_WORDS
            && lines.stream().map(PdfTables::first).distinct().count() * 2 > lines.size();
    return filled[filled.length / 2] >= MIN_FILLED
        && (words || average(lines, PdfTables::ideographs) >= MIN_IDEOGRAPHS)
        && lines.stream().filter(PdfTables::isPunctuated).count() >= MIN_PUNCTUATED;
  }

  private static boolean areOfOneWidth(List<List<PdfRun>> columns) {
    double[] widths = columns.stream().mapToDouble(PdfTables::width).sorted().toArray();
    return widths[widths.length - 1] <= MAX_WIDER * widths[0];
  }

  /** Whether the file draws each column whole before the next, as it does with text that flows. */
  private static boolean areDrawnOneByOne(List<List<PdfRun>> columns) {
    List<int[]> drawn =
        IntStream.range(0, columns.size())
            .boxed()
            .flatMap(i -> columns.get(i).stream().map(run -> new int[] {run.order(), i}))
            .sorted(Comparator.comparingInt(one -> one[0]))
            .toList();
    int changes = 0;
    for (int i = 1; i < drawn.size(); i++) {
      changes += drawn.get(i)[1] == drawn.get(i - 1)[1] ? 0 : 1;
    }
    return changes <= columns.size();
  }

  private static boolean haveRowsInCommon(List<List<PdfRun>> columns) {
    Map<Integer, Integer> columnOf = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      for (PdfRun run : columns.get(i)) {
        columnOf.put(run.order(), i);
      }
    }
    List<List<PdfRun>> rows = PdfLine.rows(columns.stream().flatMap(List::stream).toList());
    long across =
        rows.stream()
            .filter(
                row ->
                    row.stream().map(run -> columnOf.get(run.order())).distinct().count()
                        == columns.size())
            .count();
    return across >= IN_COMMON * rows.size();
  }

  /** Labels and values, figures, or a word or two in each. */
  private static boolean areCells(List<List<PdfRun>> columns) {
    List<List<PdfRun>> labels = PdfLine.rows(columns.get(0));
    long named =
        labels.stream().filter(row -> row.get(row.size() - 1).text().endsWith(":")).count();
    List<PdfRun> last = columns.get(columns.size() - 1);
    long figures = last.stream().filter(run -> isFigure(run.text())).count();
    boolean few =
        columns.size() > 2
            && columns.stream()
                .allMatch(column -> average(lines(column), PdfTables::words) <= MAX_CELL_WORDS);
    return named * 2 >= labels.size() || figures * 2 >= last.size() || few;
  }

  private static boolean isFigure(String words) {
    long digits = words.codePoints().filter(Character::isDigit).count();
    return digits > 0 && digits >= words.codePoints().filter(Character::isLetter).count();
  }

  private static double average(List<String> lines, ToIntFunction<String> count) {
    return lines.stream().mapToInt(count).average().orElse(0);
  }

  private static List<String> lines(List<PdfRun> column) {
    return PdfLine.rows(column).stream()
        .map(row -> PdfLine.of(row, NOWHERE).words().strip())
        .toList();
  }

  private static int words(String line) {
    return (int)
        Arrays.stream(line.split(" ", -1))
            .filter(word -> !word.isEmpty() && word.codePoints().noneMatch(Character::isDigit))
            .filter(word -> Character.isLetter(word.codePointAt(0)))
            .count();
  }

  private static String first(String line) {
    return line.substring(0, (line + " ").indexOf(' '));
  }

  /** Whether a sentence or a part of one ends in a line, as in one line or other of a text. */
  private static boolean isPunctuated(String line) {
    for (int i = 0; i < line.length(); i++) {
      boolean ends = i + 1 == line.length() || line.charAt(i + 1) == ' ';
      if ("，。；：！？、".indexOf(line.charAt(i)) >= 0
          || (ends && ",.;:!?".indexOf(line.charAt(i)) >= 0)) {
        return true;
      }
    }
    return false;
  }

  private static int ideographs(String text) {
    return (int) text.codePoints().filter(Character::isIdeographic).count();
  }

  private static double width(List<PdfRun> runs) {
    return runs.stream().mapToDouble(PdfRun::right).max().orElse(0)
        - runs.stream().mapToDouble(PdfRun::left).min().orElse(0);
  }
}
