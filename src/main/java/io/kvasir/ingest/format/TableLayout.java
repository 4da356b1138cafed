package io.kvasir.ingest.format;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeFilter;

/** Tells tables of data from those that only place things beside each other. */
final class TableLayout implements NodeFilter {
  private static final Set<String> BLOCKS = Set.of("p", "div", "ul", "ol", "pre", "blockquote");
  private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");

  private boolean headers;
  private boolean headings;
  private boolean tables;
  private boolean blocks;
  private int rows;
  private int cells;
  private int width;

  private TableLayout() {}

  /** Whether a table is for placing things. Looks at everything in it. */
  static boolean isOf(Element table) {
    String role = table.attr("role");
    if (role.equals("presentation") || role.equals("none")) {
      return true;
    }
    TableLayout layout = new TableLayout();
    table.filter(layout);
    boolean single = layout.width <= 1 || (layout.rows <= 1 && layout.blocks);
    return layout.headings || (!layout.headers && (layout.tables || single));
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (depth > 0 && node instanceof Element element) {
      look(element);
    }
    return headings ? FilterResult.STOP : FilterResult.CONTINUE;
  }

  private void look(Element element) {
    String name = element.normalName();
    headings |= HEADINGS.contains(name);
    tables |= name.equals("table");
    blocks |= BLOCKS.contains(name);
    if (tables) {
      return;
    }
    switch (name) {
      case "tr" -> {
        rows++;
        cells = 0;
      }
      case "td", "th" -> {
        width = Math.max(width, ++cells);
        headers |= name.equals("th");
      }
      case "caption" -> headers = true;
      default -> {}
    }
  }
}
