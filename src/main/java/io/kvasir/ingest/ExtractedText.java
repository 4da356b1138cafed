package io.kvasir.ingest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a loader got out of a file. Paragraphs are separated by an empty line; headings are
 * paragraphs of their own.
 *
 * @param title what the document calls itself; null if it does not
 * @param mediaType for example {@code text/html}
 * @param text all of it
 * @param headings in order
 * @param pageStarts offsets at which pages begin; empty for formats without pages
 */
record ExtractedText(
    @Nullable String title,
    String mediaType,
    String text,
    List<Heading> headings,
    List<Integer> pageStarts) {
  ExtractedText {
    headings = List.copyOf(headings);
    pageStarts = List.copyOf(pageStarts);
  }

  /**
   * A heading in the text.
   *
   * @param start offset of its first character
   * @param end offset behind its last
   * @param level 1 is the highest
   * @param text of it
   */
  record Heading(int start, int end, int level, String text) {}

  /** The page of an offset, from 1; null for formats without pages. */
  @Nullable Integer page(int offset) {
    if (pageStarts.isEmpty()) {
      return null;
    }
    int found = java.util.Collections.binarySearch(pageStarts, offset);
    return found >= 0 ? lastOf(found) + 1 : Math.max(1, -found - 1);
  }

  /** Empty pages begin where the next one does: the last of those is meant. */
  private int lastOf(int found) {
    int last = found;
    while (last + 1 < pageStarts.size() && pageStarts.get(last + 1).equals(pageStarts.get(found))) {
      last++;
    }
    return last;
  }
}
