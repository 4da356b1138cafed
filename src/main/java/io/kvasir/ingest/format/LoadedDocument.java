package io.kvasir.ingest.format;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file says, as text with its structure.
 *
 * @param title the document's own title; empty if it has none
 * @param mediaType what sort of file it was
 * @param reader the version of what read it, within its sort
 * @param pages the number of pages, null for formats without pages
 * @param text the whole text; everything points into it
 * @param blocks in order; between them there is only white space
 * @param notes what had to be assumed or left out, in sentences for whoever gave the file
 */
public record LoadedDocument(
    String title,
    String mediaType,
    int reader,
    @Nullable Integer pages,
    String text,
    List<Block> blocks,
    List<String> notes) {
  /** What stands between the headings of a path. */
  public static final String HEADING_SEPARATOR = " › ";

  public LoadedDocument {
    blocks = List.copyOf(blocks);
    notes = List.copyOf(notes);
  }

  /**
   * A paragraph, list item, listing, table row or heading.
   *
   * @param start offset of its first character
   * @param end offset behind its last character
   * @param level 1 to 6 of a heading, 0 of anything else
   * @param headings the headings above it, outermost first; those of a heading end with itself
   * @param page the page it begins on, from 1; null for formats without pages
   * @param fields of the record that it is, as a JSON object; null of anything else
   */
  public record Block(
      int start,
      int end,
      int level,
      List<String> headings,
      @Nullable Integer page,
      @Nullable String fields) {
    public Block {
      headings = List.copyOf(headings);
    }

    /** A block that is no record. */
    public Block(int start, int end, int level, List<String> headings, @Nullable Integer page) {
      this(start, end, level, headings, page, null);
    }

    /** Whether it is a heading. */
    public boolean isHeading() {
      return level > 0;
    }
  }
}
