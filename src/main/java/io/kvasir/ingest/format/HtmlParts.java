package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.NodeFilter;

/**
 * Knows which parts of a page are its content and which are for finding one's way about a site. A
 * header or footer is judged by its place: that of the page is left out, that of an article is not.
 */
final class HtmlParts {
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
          "button",
          "select",
          "textarea",
          "head");
  private static final Set<String> CLASSES_LEFT_OUT =
      Set.of("toc", "navheader", "navfooter", "breadcrumb", "breadcrumbs", "headerlink");
  private static final Set<String> SECTIONS =
      Set.of(
          "article",
          "aside",
          "main",
          "section",
          "blockquote",
          "figure",
          "td",
          "th",
          "details",
          "dialog",
          "fieldset");

  private int sections;
  private int headers;

  /** The parts that say what the page is for; its whole body if it does not tell them. */
  static List<Element> contents(Element body) {
    List<Element> mains = new ArrayList<>();
    List<Element> contents = new ArrayList<>();
    HtmlParts parts = new HtmlParts();
    body.filter(
        new NodeFilter() {
          @Override
          public FilterResult head(Node node, int depth) {
            if (!(node instanceof Element element)) {
              return FilterResult.CONTINUE;
            }
            boolean main = isMain(element);
            if (main && element.hasText()) {
              mains.add(element);
            }
            if (main || element.normalName().equals("article")) {
              contents.add(element);
              return FilterResult.SKIP_ENTIRELY;
            }
            if (parts.isLeftOut(element)) {
              return FilterResult.SKIP_ENTIRELY;
            }
            parts.enter(element);
            return FilterResult.CONTINUE;
          }

          @Override
          public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
              parts.leave(element);
            }
            return FilterResult.CONTINUE;
          }
        });
    return mains.isEmpty() ? List.of(body) : contents;
  }

  private static boolean isMain(Element element) {
    return element.normalName().equals("main") || element.attr("role").equals("main");
  }

  /** Whether an element is not part of the text. */
  boolean isLeftOut(Element element) {
    return LEFT_OUT.contains(element.normalName())
        || isOfThePage(element)
        || element.hasAttr("hidden")
        || element.attr("role").equals("navigation")
        || hasClass(element, CLASSES_LEFT_OUT);
  }

  /** An element begins that is not left out. */
  void enter(Element element) {
    sections += isSection(element) ? 1 : 0;
    headers += isHeader(element) ? 1 : 0;
  }

  /** It ends. */
  void leave(Element element) {
    sections -= isSection(element) ? 1 : 0;
    headers -= isHeader(element) ? 1 : 0;
  }

  static boolean hasClass(Element element, Set<String> names) {
    return element.hasAttr("class") && element.classNames().stream().anyMatch(names::contains);
  }

  /** Looks into the outermost header only, so that nested ones do not take the square of time. */
  private boolean isOfThePage(Element element) {
    String role = element.attr("role");
    if (sections > 0 || headers > 0) {
      return false;
    }
    boolean footer = element.normalName().equals("footer") || role.equals("contentinfo");
    return footer || (isHeader(element) && element.selectFirst("h1") == null);
  }

  private static boolean isHeader(Element element) {
    return element.normalName().equals("header") || element.attr("role").equals("banner");
  }

  private static boolean isSection(Element element) {
    return SECTIONS.contains(element.normalName()) || isMain(element);
  }
}
