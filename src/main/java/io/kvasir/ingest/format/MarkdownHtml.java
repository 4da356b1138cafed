package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.util.List;
import java.util.Set;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.parser.beta.LinkResult;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;

/** Makes HTML of Markdown (CommonMark with tables and the marks of notes), so much at the most. */
final class MarkdownHtml {
  /** A reference that is used again and again is written out each time. */
  static final int MAX_CHARACTERS = 2 * HtmlFormat.MAX_BYTES;

  private static final int MAX_NESTING = 100;
  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

  // HTML is begun by a parser of ours.
  private static final Set<Class<? extends Block>> BLOCKS =
      Set.of(
          Heading.class,
          ThematicBreak.class,
          FencedCodeBlock.class,
          IndentedCodeBlock.class,
          BlockQuote.class,
          ListBlock.class);

  private MarkdownHtml() {}

  /**
   * The HTML of a text.
   *
   * @throws ProblemException TOO_LARGE if it is much larger than the text
   */
  static String of(String text) {
    Node document = parse(text);
    MarkdownTags tags = new MarkdownTags(document);
    BoundedText html = new BoundedText(MAX_CHARACTERS);
    HtmlRenderer.builder()
        .extensions(EXTENSIONS)
        .nodeRendererFactory(context -> new Raw(context, tags))
        .build()
        .render(document, html);
    return html.toString();
  }

  private static Node parse(String text) {
    try {
      return Parser.builder()
          .extensions(EXTENSIONS)
          .enabledBlockTypes(BLOCKS)
          .customBlockParserFactory(new RawHtmlBlock.Factory(text))
          .customInlineContentParserFactory(new LongBackticks())
          .linkProcessor(
              (link, scanner, context) ->
                  isNote(link.text(scanner)) && link.destination() == null && link.label() == null
                      ? LinkResult.replaceWith(
                          new Text(mark(link.text(scanner))), link.afterTextBracket())
                      : LinkResult.none())
          .includeSourceSpans(IncludeSourceSpans.BLOCKS)
          .maxOpenBlockParsers(MAX_NESTING)
          .maxInlineNesting(MAX_NESTING)
          .build()
          .parse(text);
    } catch (IllegalArgumentException e) {
      // The library's bound of cells, which a line of bars reaches that has as many rows.
      throw new ProblemException(Kind.TOO_LARGE, "has a table of too many cells; split it", e);
    }
  }

  private static boolean isNote(String text) {
    return text.length() > 1 && text.startsWith("^") && text.indexOf(' ') < 0;
  }

  private static String mark(String note) {
    return " [" + note.substring(1) + "]";
  }

  /** Writes raw HTML as far as it is HTML, the rest of it as text. */
  private record Raw(HtmlWriter writer, MarkdownTags tags) implements NodeRenderer {
    Raw(HtmlNodeRendererContext context, MarkdownTags tags) {
      this(context.getWriter(), tags);
    }

    @Override
    public Set<Class<? extends Node>> getNodeTypes() {
      return Set.of(HtmlInline.class, HtmlBlock.class, LinkReferenceDefinition.class);
    }

    @Override
    public void render(Node node) {
      if (node instanceof HtmlInline inline) {
        writeInline(inline);
      } else if (node instanceof HtmlBlock block) {
        writeBlock(block);
      } else if (node instanceof LinkReferenceDefinition definition) {
        writeNote(definition);
      }
    }

    private void writeInline(HtmlInline inline) {
      if (tags.isHtml(inline, 0)) {
        writer.raw(inline.getLiteral());
      } else {
        writer.text(inline.getLiteral());
      }
    }

    private void writeBlock(HtmlBlock block) {
      String literal = block.getLiteral();
      int written = 0;
      writer.line();
      for (MarkupTag tag : MarkdownTags.in(literal)) {
        writer.raw(literal.substring(written, tag.start()).replace("<", "&lt;"));
        String source = literal.substring(tag.start(), tag.end());
        if (tags.isHtml(block, tag.start())) {
          writer.raw(source);
        } else {
          writer.text(source);
        }
        written = tag.end();
      }
      writer.raw(literal.substring(written).replace("<", "&lt;"));
      writer.line();
    }

    /** A note of one word is a reference to CommonMark, which shows none. */
    private void writeNote(LinkReferenceDefinition definition) {
      if (isNote(definition.getLabel())) {
        writer.tag("p");
        writer.text(mark(definition.getLabel()) + ": " + definition.getDestination());
        writer.tag("/p");
        writer.line();
      }
    }
  }
}
