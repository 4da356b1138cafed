package io.kvasir.ingest;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/** What a person reads of an HTML page: its headings and paragraphs, without the ways around it. */
final class HtmlText {
  private static final String NOT_READ =
      "script, style, noscript, template, svg, iframe, select, textarea, button, nav, footer, [role=navigation],"
          + " [hidden], .navheader, .navfooter, div.toc, ul.toc, ol.toc";

  private HtmlText() {}

  static ExtractedText of(String html, String mediaType) {
    Document page = Jsoup.parse(html);
    page.select(NOT_READ).remove();
    Element main = page.selectFirst("main, [role=main]");
    Reader reader = new Reader();
    NodeTraversor.traverse(reader, main == null ? page.body() : main);
    reader.endParagraph();
    String title = TextBuilder.oneLine(page.title());
    return new ExtractedText(
        title.isEmpty() ? null : title,
        mediaType,
        reader.text.text(),
        reader.text.headings(),
        java.util.List.of());
  }

  /** Walks through a page without recursion: pages may be nested deeper than any stack. */
  private static final class Reader implements NodeVisitor {
    private final TextBuilder text = new TextBuilder();
    private final StringBuilder paragraph = new StringBuilder();
    private String prefix = "";
    private int preformatted;

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode words) {
        paragraph.append(words.getWholeText());
      } else if (node instanceof Element element) {
        if (isBlock(element)) {
          endParagraph();
        }
        switch (element.normalName()) {
          case "pre" -> preformatted++;
          case "li" -> prefix = "- ";
          case "br" -> paragraph.append(preformatted > 0 ? "\n" : " ");
          default -> {}
        }
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (!(node instanceof Element element)) {
        return;
      }
      int level = headingLevel(element);
      if (level > 0) {
        text.heading(level, TextBuilder.oneLine(paragraph));
        paragraph.setLength(0);
        return;
      }
      if (element.normalName().equals("td") || element.normalName().equals("th")) {
        if (element.nextElementSibling() != null) {
          paragraph.append(" | ");
        }
        return;
      }
      if (isBlock(element)) {
        endParagraph();
      }
      if (element.normalName().equals("pre")) {
        preformatted--;
      } else if (element.normalName().equals("li")) {
        prefix = "";
      }
    }

    void endParagraph() {
      String words =
          preformatted > 0 ? paragraph.toString().stripTrailing() : TextBuilder.oneLine(paragraph);
      paragraph.setLength(0);
      if (!words.isBlank()) {
        text.paragraph(prefix + words);
        prefix = "";
      }
    }

    private static boolean isBlock(Element element) {
      return element.isBlock()
          && !element.normalName().equals("td")
          && !element.normalName().equals("th");
    }

    private static int headingLevel(Element element) {
      String name = element.normalName();
      return name.length() == 2
              && name.charAt(0) == 'h'
              && name.charAt(1) >= '1'
              && name.charAt(1) <= '6'
          ? name.charAt(1) - '0'
          : 0;
    }
  }
}
