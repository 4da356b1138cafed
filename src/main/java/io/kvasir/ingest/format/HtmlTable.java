package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Turns a table's cells into lines that each say what its cells are, so that one that is found
 * alone can be understood: {@code Tariff: Heron | Storage: 80 GB}. A cell over several rows is in
 * each of them; a cell over several columns is under all their headers.
 */
final class HtmlTable {
  /** The most columns; the standard's limit of what one cell may span. */
  static final int MAX_COLUMNS = 1_000;

  /** The standard's limit of rows that a cell may span. */
  static final int MAX_ROWS = 65_534;

  /** A longer header is cut where it is repeated. */
  static final int MAX_REPEATED = 80;

  /** A row with more characters becomes several lines, each with the row's first cell. */
  static final int MAX_LINE = 600;

  private static final String BETWEEN = " | ";
  private static final String EMPTY = "–";

  /** A cell; the rows are those that it still reaches into. */
  private record Cell(int column, int width, boolean header, String text, int rows) {
    int end() {
      return column + width;
    }

    /** What of it is in the row below. */
    Cell below() {
      return new Cell(column, width, header, brief(text), rows - 1);
    }
  }

  private final @Nullable String[] labels = new String[MAX_COLUMNS];
  private final TreeMap<Integer, Cell> reaching = new TreeMap<>();
  private final List<String> unused = new ArrayList<>();
  private final List<Cell> row = new ArrayList<>();
  private String group = "";
  private int column;
  private boolean own;

  /** Another group of rows begins; cells do not reach into it. */
  void beginGroup() {
    reaching.clear();
  }

  /** Adds a cell to the row. */
  void cell(Element cell, String text) {
    skipReaching();
    int width = Math.max(1, Math.min(MAX_COLUMNS, HtmlList.number(cell.attr("colspan"), 1)));
    int asked = HtmlList.number(cell.attr("rowspan"), 1);
    int rows = asked == 0 ? MAX_ROWS : Math.max(1, Math.min(MAX_ROWS, asked));
    boolean header = cell.normalName().equals("th");
    row.add(new Cell(column, width, header, text, rows));
    column = Math.min(Integer.MAX_VALUE / 2, column + width);
    own = true;
  }

  /** Takes in those cells of rows above that stand where the next cell would. */
  private void skipReaching() {
    for (Cell above = reaching.get(column); above != null; above = reaching.get(column)) {
      row.add(above);
      column = above.end();
    }
  }

  /**
   * The lines of the row that ends.
   *
   * @param head whether it is in the table's head, where all cells are headers
   */
  List<String> endRow(boolean head) {
    skipReaching();
    reaching.tailMap(column).values().forEach(row::add);
    reaching.clear();
    row.stream()
        .filter(cell -> cell.rows() > 1 && cell.column() < MAX_COLUMNS)
        .forEach(cell -> reaching.put(cell.column(), cell.below()));
    List<Cell> cells = own ? List.copyOf(row) : List.of();
    row.clear();
    column = 0;
    own = false;
    return cells.stream().allMatch(cell -> cell.text().isEmpty()) ? List.of() : lines(cells, head);
  }

  /** The headers that no row came under. */
  List<String> end() {
    return List.copyOf(unused);
  }

  private List<String> lines(List<Cell> cells, boolean head) {
    if (!head && !areNames(cells)) {
      unused.clear();
      return written(cells);
    }
    if (cells.size() == 1 && cells.get(0).width() > 1) {
      group = cells.get(0).text();
      return List.of(group);
    }
    if (unused.isEmpty()) {
      // The first head, or another in the middle of the table.
      Arrays.fill(labels, null);
    }
    unused.add(String.join(BETWEEN, cells.stream().map(Cell::text).toList()));
    return name(cells) ? List.of() : List.of(unused.remove(unused.size() - 1));
  }

  /** Whether a row names columns: it has nothing but headers, beside an empty corner. */
  private static boolean areNames(List<Cell> cells) {
    boolean corner = cells.size() > 1 && cells.get(0).text().isEmpty();
    return cells.stream().skip(corner ? 1 : 0).allMatch(Cell::header);
  }

  /** Names columns; false if names are too long to be repeated whole. */
  private boolean name(List<Cell> cells) {
    boolean whole = true;
    for (Cell cell : cells) {
      String label = withoutColon(brief(cell.text()));
      whole = whole && cell.text().length() <= MAX_REPEATED;
      for (int i = cell.column(); i < Math.min(MAX_COLUMNS, cell.end()); i++) {
        String above = or(labels[i], "");
        boolean both = !above.isEmpty() && !label.isEmpty() && !above.equals(label);
        String joined = both ? above + ", " + label : or(above, label);
        whole = whole && joined.length() <= MAX_REPEATED;
        labels[i] = brief(joined);
      }
    }
    return whole;
  }

  private List<String> written(List<Cell> cells) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(group.isEmpty() ? "" : brief(group) + BETWEEN);
    String first = line + brief(piece(cells.get(0)));
    for (int i = 0; i < cells.size(); i++) {
      String piece = piece(cells.get(i));
      if (i > 1 && line.length() + piece.length() > MAX_LINE) {
        lines.add(stripped(line));
        line.setLength(0);
        line.append(first).append(BETWEEN);
      }
      line.append(piece).append(isNameOfNext(cells, i) ? namesWith(piece) : BETWEEN);
    }
    lines.add(stripped(line));
    return lines;
  }

  /** Whether a cell is the header of the one beside it, in a table without headers above. */
  private boolean isNameOfNext(List<Cell> cells, int i) {
    if (i + 1 == cells.size() || cells.get(i).text().isEmpty()) {
      return false;
    }
    Cell next = cells.get(i + 1);
    return cells.get(i).header()
        && !next.header()
        && label(cells.get(i)).isEmpty()
        && label(next).isEmpty();
  }

  private static String namesWith(String name) {
    return name.endsWith(":") ? " " : ": ";
  }

  private String piece(Cell cell) {
    String label = label(cell);
    String text = cell.text().isEmpty() && !label.isEmpty() ? EMPTY : cell.text();
    return label.isEmpty() ? text : label + ": " + text;
  }

  /** What the columns of a cell are called. */
  private String label(Cell cell) {
    StringBuilder label = new StringBuilder();
    String last = "";
    for (int i = cell.column(); i < Math.min(MAX_COLUMNS, cell.end()); i++) {
      String one = or(labels[i], "");
      if (!one.isEmpty() && !one.equals(last) && label.length() < MAX_REPEATED) {
        label.append(label.isEmpty() ? "" : " / ").append(one);
        last = one;
      }
    }
    return label.toString();
  }

  private static String withoutColon(String label) {
    return label.endsWith(":") ? label.substring(0, label.length() - 1) : label;
  }

  private static String brief(String text) {
    if (text.length() <= MAX_REPEATED) {
      return text;
    }
    int end = text.offsetByCodePoints(0, MAX_REPEATED / 2);
    int space = text.lastIndexOf(' ', end);
    return text.substring(0, space > 0 ? space : end) + "…";
  }

  private static String stripped(StringBuilder line) {
    String text = line.toString().stripTrailing();
    while (text.endsWith("|")) {
      text = text.substring(0, text.length() - 1).stripTrailing();
    }
    return text;
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }
}
