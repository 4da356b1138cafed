package io.kvasir.ingest.format;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;

/**
 * Decides which tags in Markdown are HTML: comments, and known elements that begin and end beside
 * each other. Everything else that looks like a tag is text: {@code List<String>}, {@code <your
 * name>}, a {@code <title>} that somebody writes about.
 */
final class MarkdownTags {
  private static final Set<String> VOID = Set.of("br", "hr", "img", "wbr", "col");

  /** What needs no end where it is in something that has one. */
  private static final Set<String> ENDLESS =
      Set.of("li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "p", "colgroup");

  /** Left out whole; their text is no text. */
  private static final Set<String> SCRIPTS = Set.of("script", "style");

  private static final Set<String> BLOCKS =
      Set.of(
          "address",
          "article",
          "aside",
          "blockquote",
          "caption",
          "center",
          "col",
          "colgroup",
          "dd",
          "details",
          "div",
          "dl",
          "dt",
          "figcaption",
          "figure",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "hr",
          "li",
          "main",
          "ol",
          "p",
          "picture",
          "pre",
          "section",
          "summary",
          "table",
          "tbody",
          "td",
          "tfoot",
          "th",
          "thead",
          "tr",
          "ul");

  private static final Set<String> INLINES =
      Set.of(
          "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font",
          "i", "img", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
          "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr");

  private final IdentityHashMap<Node, Set<Integer>> html = new IdentityHashMap<>();

  /** A tag, and where it stands. */
  private record Placed(Node node, MarkupTag tag) {}

  /** Looks at every tag of a document. */
  MarkdownTags(Node document) {
    decide(document);
    document.accept(
        new AbstractVisitor() {
          @Override
          protected void visitChildren(Node parent) {
            decide(parent);
            super.visitChildren(parent);
          }
        });
  }

  /** Whether a name is that of an element that a block of HTML may begin with. */
  static boolean isBlock(String name) {
    return BLOCKS.contains(name);
  }

  /** Whether an element has no end. */
  static boolean isVoid(String name) {
    return VOID.contains(name);
  }

  /** Whether the tag that begins at a place of a node's text is HTML. */
  boolean isHtml(Node node, int start) {
    Set<Integer> starts = html.get(node);
    return starts != null && starts.contains(start);
  }

  /** The tags in a block of HTML, in order. */
  static List<MarkupTag> in(String text) {
    List<MarkupTag> tags = new ArrayList<>();
    boolean comments = true;
    int at = text.indexOf('<');
    while (at >= 0) {
      boolean comment = text.startsWith("<!--", at);
      MarkupTag tag = comment && !comments ? null : MarkupTag.at(text, at).orElse(null);
      // If one comment has no end, none behind it has.
      comments = comments && (!comment || tag != null);
      if (tag != null) {
        tags.add(tag);
      }
      at = text.indexOf('<', tag == null ? at + 1 : tag.end());
    }
    return tags;
  }

  /** Pairs the tags of nodes that have the same parent. */
  private void decide(Node parent) {
    List<Placed> tags = new ArrayList<>();
    for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
      if (child instanceof HtmlBlock block) {
        in(block.getLiteral()).forEach(tag -> tags.add(new Placed(block, tag)));
      } else if (child instanceof HtmlInline inline) {
        MarkupTag.at(inline.getLiteral(), 0).ifPresent(tag -> tags.add(new Placed(inline, tag)));
      }
    }
    pair(tags);
  }

  private void pair(List<Placed> tags) {
    Deque<Placed> open = new ArrayDeque<>();
    Map<String, Integer> names = new HashMap<>();
    for (Placed placed : tags) {
      MarkupTag tag = placed.tag();
      if (tag.isComment() || (isKnown(placed) && isVoid(tag.name()) && !tag.closing())) {
        accept(placed);
      } else if (isKnown(placed) && !tag.closing()) {
        open.push(placed);
        names.merge(tag.name(), 1, Integer::sum);
      } else if (names.getOrDefault(tag.name(), 0) > 0) {
        close(placed, open, names);
      }
    }
  }

  /** Closes the element of a tag; of those still open in it, the ones that need no end are HTML. */
  private void close(Placed end, Deque<Placed> open, Map<String, Integer> names) {
    boolean found = false;
    while (!found) {
      Placed inner = open.pop();
      names.merge(inner.tag().name(), -1, Integer::sum);
      found = inner.tag().name().equals(end.tag().name());
      if (found || ENDLESS.contains(inner.tag().name())) {
        accept(inner);
      }
    }
    accept(end);
  }

  private void accept(Placed placed) {
    html.computeIfAbsent(placed.node(), node -> new HashSet<>()).add(placed.tag().start());
  }

  private static boolean isKnown(Placed placed) {
    String name = placed.tag().name();
    boolean picture = !name.equals("img") || placed.tag().attributes();
    boolean block = placed.node() instanceof HtmlBlock;
    boolean blockOnly = BLOCKS.contains(name) || SCRIPTS.contains(name);
    return picture && (INLINES.contains(name) || (block && blockOnly));
  }
}
