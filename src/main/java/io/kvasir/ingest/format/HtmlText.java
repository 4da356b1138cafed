package io.kvasir.ingest.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

/**
 * Writes the text of an HTML tree into a draft: headings, paragraphs, lists, tables, listings; not
 * what is for finding one's way about a site. Walks without recursion and counts as it goes, so
 * that neither depth nor breadth costs more than its size.
 */
final class HtmlText implements NodeFilter {
  private static final Set<String> NOTES =
      Set.of("note", "tip", "warning", "caution", "important", "admonition", "sidebar");
  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "section",
          "article",
          "main",
          "body",
          "blockquote",
          "figure",
          "figcaption",
          "address",
          "aside",
          "details",
          "summary",
          "fieldset",
          "ul",
          "ol",
          "dl",
          "dt",
          "dd",
          "li",
          "table",
          "caption",
          "thead",
          "tbody",
          "tfoot",
          "tr",
          "hr",
          "pre",
          "header",
          "footer",
          "nav",
          "menu",
          "center");
  private static final int MAX_INDENTATION = 8;
  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  /** Tables within so many others are read as if they only placed things. */
  private static final int MAX_TABLES = 3;

  /** A table that is open; without rows of its own if it only places things. */
  private record OpenTable(@Nullable HtmlTable data, StringBuilder around) {}

  private final DocumentDraft draft;
  private final HtmlParts parts = new HtmlParts();
  private final HtmlInlines inlines = new HtmlInlines();
  private final Deque<HtmlList> lists = new ArrayDeque<>();
  private final Deque<OpenTable> tables = new ArrayDeque<>();
  private final Deque<Integer> beginnings = new ArrayDeque<>();
  private StringBuilder words = new StringBuilder();
  private String firstHeading = "";
  private String bullet = "";
  private int listings;
  private int headings;
  private int notes;
  private int cells;
  private boolean continues;
  private char space;

  HtmlText(DocumentDraft draft) {
    this.draft = draft;
  }

  /** Writes everything below an element. */
  void read(Element root) {
    root.filter(this);
    flush();
  }

  /** The first heading there was, or nothing. */
  String firstHeading() {
    return firstHeading;
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode text) {
      write(text.getWholeText());
    } else if (node instanceof Element element) {
      if (parts.isLeftOut(element)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      parts.enter(element);
      enter(element);
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      leave(element);
      parts.leave(element);
    }
    return FilterResult.CONTINUE;
  }

  private void enter(Element element) {
    String name = element.normalName();
    if (BLOCKS.contains(name) || headingLevel(name) > 0) {
      flush();
    }
    headings += headingLevel(name) > 0 ? 1 : 0;
    notes += isNote(element) ? 1 : 0;
    switch (name) {
      case "br" -> {
        words.append('\n');
        space = 0;
      }
      case "pre" -> {
        listings++;
        words.append(cells > 0 ? " " : "");
      }
      case "ul", "ol", "menu" -> lists.push(new HtmlList(element));
      case "li" -> beginItem(element);
      case "a", "sup", "sub" -> beginnings.push(words.length());
      case "img" -> picture(element);
      case "table" -> beginTable(element);
      case "thead", "tbody", "tfoot" -> onTable(HtmlTable::beginGroup);
      case "td", "th" -> beginCell();
      default -> {}
    }
  }

  private void leave(Element element) {
    String name = element.normalName();
    int level = headingLevel(name);
    if (level > 0 && notes == 0 && cells == 0) {
      heading(level);
    } else if (level > 0 || BLOCKS.contains(name)) {
      flush();
    }
    headings -= level > 0 ? 1 : 0;
    notes -= isNote(element) ? 1 : 0;
    switch (name) {
      case "pre" -> listings--;
      case "ul", "ol", "menu" -> lists.pop();
      case "li" -> bullet = "";
      case "a", "sup", "sub" -> inlines.end(element, words, beginnings.pop(), headings > 0);
      case "table" -> endTable();
      case "tr" -> onTable(table -> rows(table.endRow(isHead(element))));
      case "td", "th" -> endCell(element);
      default -> {}
    }
  }

  private void beginItem(Element item) {
    HtmlList list = lists.peek();
    int depth = Math.min(Math.max(0, lists.size() - 1), MAX_INDENTATION);
    boolean first = list == null || !list.hasItems();
    String mark = list == null ? "- " : list.begin(item);
    if (cells == 0) {
      continues = lists.size() > 1 || !first;
      bullet = "  ".repeat(depth) + mark;
    } else {
      // A cell is one line.
      words.append(words.isEmpty() ? "" : "; ").append(mark.equals("- ") ? "" : mark);
      space = 0;
    }
  }

  private void beginTable(Element table) {
    boolean layout = tables.size() >= MAX_TABLES || TableLayout.isOf(table);
    tables.push(new OpenTable(layout ? null : new HtmlTable(), words));
    continues = continues && cells > 0;
  }

  private void endTable() {
    onTable(table -> rows(table.end()));
    tables.pop();
    continues = continues && cells > 0;
  }

  private void beginCell() {
    if (isInData()) {
      cells++;
      words = new StringBuilder();
      space = 0;
    } else {
      flush();
    }
  }

  private void endCell(Element cell) {
    OpenTable open = tables.peek();
    if (open == null || open.data() == null) {
      flush();
      return;
    }
    String text = WHITE_SPACE.matcher(words).replaceAll(" ").strip();
    cells--;
    words = open.around();
    space = 0;
    open.data().cell(cell, text);
  }

  /** Writes rows: into the text, or into the cell that their table is in. */
  private void rows(List<String> lines) {
    for (String line : lines) {
      if (cells > 0) {
        words.append(words.isEmpty() ? "" : "; ").append(line);
        space = ' ';
      } else {
        append(line);
        continues = true;
      }
    }
  }

  private boolean isInData() {
    OpenTable open = tables.peek();
    return open != null && open.data() != null;
  }

  private void onTable(Consumer<HtmlTable> action) {
    OpenTable open = tables.peek();
    if (open != null && open.data() != null) {
      action.accept(open.data());
    }
  }

  private static boolean isHead(Element row) {
    Element parent = row.parent();
    return parent != null && parent.normalName().equals("thead");
  }

  private void picture(Element picture) {
    String alternative = picture.attr("alt").strip();
    if (!alternative.isEmpty()) {
      write(" [" + alternative + "] ");
    }
  }

  private void heading(int level) {
    String heading = words.toString();
    words.setLength(0);
    space = 0;
    continues = false;
    if (firstHeading.isEmpty()) {
      firstHeading = heading.strip();
    }
    draft.heading(level, heading);
  }

  private void write(String text) {
    if (listings > 0) {
      words.append(text);
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || c == '\u00A0') {
        space = c == '\n' || space == '\n' ? '\n' : ' ';
      } else {
        writeSpace(c);
        words.append(c);
      }
    }
  }

  /** White space between words is one space, and none where a line of Chinese was broken. */
  private void writeSpace(char next) {
    int last = words.length() - 1;
    boolean between = space != 0 && last >= 0 && !Character.isWhitespace(words.charAt(last));
    if (between && !(space == '\n' && ChineseLines.isOne(words.charAt(last), next))) {
      words.append(' ');
    }
    space = 0;
  }

  private void flush() {
    if (cells > 0) {
      space = ' ';
      return;
    }
    String text = words.toString();
    words.setLength(0);
    space = 0;
    if (text.isBlank()) {
      return;
    }
    append(bullet + (listings > 0 ? text : text.strip()));
    bullet = "";
    continues = false;
  }

  private void append(String block) {
    if (continues) {
      draft.line(block);
    } else {
      draft.block(block);
    }
  }

  /** A note's headings ("Warning") name the note, not a section. */
  private static boolean isNote(Element element) {
    return element.normalName().equals("div") && HtmlParts.hasClass(element, NOTES);
  }

  private static int headingLevel(String name) {
    boolean heading = name.length() == 2 && name.charAt(0) == 'h';
    return heading && name.charAt(1) >= '1' && name.charAt(1) <= '6' ? name.charAt(1) - '0' : 0;
  }
}
