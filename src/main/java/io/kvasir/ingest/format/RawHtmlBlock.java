package io.kvasir.ingest.format;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.commonmark.node.Block;
import org.commonmark.node.HtmlBlock;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.AbstractBlockParserFactory;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/**
 * A block of HTML in Markdown. CommonMark begins one at whatever looks like a tag and, for some
 * elements, ends it nowhere, which takes all that follows for HTML; here one begins only where a
 * known element or a comment does that ends.
 */
final class RawHtmlBlock extends AbstractBlockParser {
  private static final Set<String> RAW = Set.of("pre", "script", "style");

  private final HtmlBlock block = new HtmlBlock();
  private final StringBuilder text = new StringBuilder();
  private final String ending;
  private boolean ended;

  /** One that ends with the line that has an ending in it; at an empty line if it has none. */
  private RawHtmlBlock(String ending) {
    this.ending = ending;
  }

  @Override
  public Block getBlock() {
    return block;
  }

  @Override
  public BlockContinue tryContinue(ParserState state) {
    return ended || (state.isBlank() && ending.isEmpty())
        ? BlockContinue.none()
        : BlockContinue.atIndex(state.getIndex());
  }

  @Override
  public void addLine(SourceLine line) {
    String content = line.getContent().toString();
    text.append(text.isEmpty() ? "" : "\n").append(content);
    ended = !ending.isEmpty() && content.toLowerCase(Locale.ROOT).contains(ending);
  }

  @Override
  public void closeBlock() {
    block.setLiteral(text.toString());
  }

  /** Begins blocks in one text. */
  static final class Factory extends AbstractBlockParserFactory {
    private final String lower;
    private final Map<String, Integer> lastEnds = new HashMap<>();

    Factory(String text) {
      this.lower = text.toLowerCase(Locale.ROOT);
    }

    @Override
    public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
      String line = state.getLine().getContent().toString();
      int start = state.getNextNonSpaceIndex();
      if (state.getIndent() > 3 || start >= line.length() || line.charAt(start) != '<') {
        return BlockStart.none();
      }
      return ending(line, start, state)
          .map(ending -> BlockStart.of(new RawHtmlBlock(ending)).atIndex(state.getIndex()))
          .orElseGet(BlockStart::none);
    }

    /** What the block ends with, empty for the next empty line; nothing if it is no HTML. */
    private Optional<String> ending(String line, int start, ParserState state) {
      int position = state.getLine().getSourceSpan().getInputIndex() + start;
      if (line.startsWith("<!--", start)) {
        return ends("-->", position) ? Optional.of("-->") : Optional.empty();
      }
      Optional<MarkupTag> tag = MarkupTag.at(lower, position);
      if (tag.isEmpty()) {
        return Optional.empty();
      }
      String name = tag.get().name();
      String end = "</" + name + ">";
      if (RAW.contains(name) && !tag.get().closing()) {
        boolean alone = name.equals("pre") || tag.get().attributes() || isLineEnd(tag.get().end());
        return alone && ends(end, position) ? Optional.of(end) : Optional.empty();
      }
      boolean complete = tag.get().closing() || MarkdownTags.isVoid(name) || ends(end, position);
      return MarkdownTags.isBlock(name) && complete ? Optional.of("") : Optional.empty();
    }

    private boolean ends(String end, int position) {
      return lastEnds.computeIfAbsent(end, lower::lastIndexOf) > position;
    }

    private boolean isLineEnd(int position) {
      int feed = lower.indexOf('\n', position);
      return lower.substring(position, feed < 0 ? lower.length() : feed).isBlank();
    }
  }
}
