package io.kvasir.ingest.format;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * Writes the text of an HTML tree into a draft: headings, paragraphs, lists, tables, listings; not
 * what is for finding one's way about a site. Walks without recursion and counts as it goes, so
 * that neither depth nor breadth costs more than its size.
 */
final class HtmlText implements NodeFilter {
  private static final Set<String> LEFT_OUT =
      Set.of(
          "script",
          "style",
          "noscript",
          "template",
          "svg",
          "canvas",
          "iframe",
          "object",
          "nav",
          "footer",
          "button",
          "select",
          "textarea",
          "head");
  private static final Set<String> CLASSES_LEFT_OUT =
      Set.of("toc", "navheader", "navfooter", "breadcrumb", "breadcrumbs", "headerlink");
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
          "center");
  private static final int MAX_INDENTATION = 8;

  /** A list that is open, and how many of its items were begun. */
  private static final class OpenList {
    final boolean numbered;
    int items;

    OpenList(boolean numbered) {
      this.numbered = numbered;
    }
  }

  private final DocumentDraft draft;
  private final StringBuilder words = new StringBuilder();
  private final Deque<OpenList> lists = new ArrayDeque<>();
  private String firstHeading = "";
  private String bullet = "";
  private int listings;
  private int notes;
  private int rows;
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
      if (isLeftOut(element)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      enter(element);
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      leave(element);
    }
    return FilterResult.CONTINUE;
  }

  private void enter(Element element) {
    String name = element.normalName();
    if (BLOCKS.contains(name) || headingLevel(name) > 0) {
      flush();
    }
    notes += isNote(element) ? 1 : 0;
    switch (name) {
      case "br" -> {
        words.append('\n');
        space = 0;
      }
      case "pre" -> listings++;
      case "ul", "ol" -> lists.push(new OpenList(name.equals("ol")));
      case "li" -> beginItem();
      case "table" -> rows = 0;
      case "tr" -> continues = rows++ > 0;
      case "td", "th" -> beginCell();
      default -> {}
    }
  }

  private void leave(Element element) {
    String name = element.normalName();
    int level = headingLevel(name);
    if (level > 0 && notes == 0) {
      heading(level);
    } else if (level > 0 || BLOCKS.contains(name)) {
      flush();
    }
    notes -= isNote(element) ? 1 : 0;
    switch (name) {
      case "pre" -> listings--;
      case "ul", "ol" -> lists.pop();
      case "li" -> bullet = "";
      default -> {}
    }
  }

  private void beginItem() {
    OpenList list = lists.peek();
    String indentation = "  ".repeat(Math.min(Math.max(0, lists.size() - 1), MAX_INDENTATION));
    int number = list == null ? 1 : ++list.items;
    bullet = indentation + (list != null && list.numbered ? number + ". " : "- ");
    continues = number > 1 || lists.size() > 1;
  }

  private void beginCell() {
    space = 0;
    words.append(words.isEmpty() ? "" : " | ");
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
    String text = words.toString();
    words.setLength(0);
    space = 0;
    if (text.isBlank()) {
      return;
    }
    String block = bullet + (listings > 0 ? text : text.strip());
    if (continues) {
      draft.line(block);
    } else {
      draft.block(block);
    }
    bullet = "";
    continues = false;
  }

  private static boolean isLeftOut(Element element) {
    String name = element.normalName();
    return LEFT_OUT.contains(name)
        || (name.equals("header") && element.selectFirst("h1") == null)
        || element.hasAttr("hidden")
        || element.attr("role").equals("navigation")
        || hasClass(element, CLASSES_LEFT_OUT);
  }

  /** A note's headings ("Warning") name the note, not a section. */
  private static boolean isNote(Element element) {
    return element.normalName().equals("div") && hasClass(element, NOTES);
  }

  private static boolean hasClass(Element element, Set<String> names) {
    return element.hasAttr("class") && element.classNames().stream().anyMatch(names::contains);
  }

  private static int headingLevel(String name) {
    boolean heading = name.length() == 2 && name.charAt(0) == 'h';
    return heading && name.charAt(1) >= '1' && name.charAt(1) <= '6' ? name.charAt(1) - '0' : 0;
  }
}
