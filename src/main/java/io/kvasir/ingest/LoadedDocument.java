package io.kvasir.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file says, as text with its structure.
 *
 * @param title the document's own title; empty if it has none
 * @param kind what sort of file it was
 * @param pages the number of pages, null for formats without pages
 * @param text the whole text; everything points into it
 * @param blocks in order; between them there is only white space
 */
record LoadedDocument(
    String title, FileKind kind, @Nullable Integer pages, String text, List<Block> blocks) {
  LoadedDocument {
    blocks = List.copyOf(blocks);
  }

  /**
   * A paragraph, list item, listing, table row or heading.
   *
   * @param start offset of its first character
   * @param end offset behind its last character
   * @param level 1 to 6 of a heading, 0 of anything else
   * @param headings the headings above it, outermost first; those of a heading end with itself
   * @param page the page it begins on, from 1; null for formats without pages
   */
  record Block(int start, int end, int level, List<String> headings, @Nullable Integer page) {
    Block {
      headings = List.copyOf(headings);
    }

    boolean isHeading() {
      return level > 0;
    }
  }
}
