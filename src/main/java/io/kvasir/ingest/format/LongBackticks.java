package io.kvasir.ingest.format;

import java.util.Set;
import org.commonmark.node.Text;
import org.commonmark.parser.beta.InlineContentParser;
import org.commonmark.parser.beta.InlineContentParserFactory;
import org.commonmark.parser.beta.InlineParserState;
import org.commonmark.parser.beta.ParsedInline;
import org.commonmark.parser.beta.Scanner;

/**
 * Takes a long run of back-ticks for text. Each length of them is looked for up to the end of the
 * paragraph, so that a file of ever longer runs would take minutes.
 */
final class LongBackticks implements InlineContentParserFactory, InlineContentParser {
  /** The longest run that encloses code. */
  static final int MAX_RUN = 32;

  @Override
  public Set<Character> getTriggerCharacters() {
    return Set.of('`');
  }

  @Override
  public InlineContentParser create() {
    return this;
  }

  @Override
  public ParsedInline tryParse(InlineParserState state) {
    Scanner scanner = state.scanner();
    int run = scanner.matchMultiple('`');
    return run > MAX_RUN
        ? ParsedInline.of(new Text("`".repeat(run)), scanner.position())
        : ParsedInline.none();
  }
}
