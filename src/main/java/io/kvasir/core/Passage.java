package io.kvasir.core;

import org.jspecify.annotations.Nullable;

/**
 * A stretch of a document: what is searched and what goes into a prompt.
 *
 * @param id assigned by the store
 * @param documentId the document it is from
 * @param document the document's name
 * @param title the document's title
 * @param ordinal its place among the document's passages, from 0
 * @param heading the headings above it, joined by {@code " › "}; empty if there are none
 * @param page the page it begins on, from 1; null for formats without pages
 * @param start the offset of its first character in the document's text
 * @param end the offset behind its last character
 * @param key the text that is searched
 * @param value the text that goes into a prompt
 * @param corrected whether somebody changed that by hand
 */
public record Passage(
    long id,
    long documentId,
    String document,
    String title,
    int ordinal,
    String heading,
    @Nullable Integer page,
    int start,
    int end,
    String key,
    String value,
    boolean corrected) {
  /** One that says what its document does. */
  public Passage(
      long id,
      long documentId,
      String document,
      String title,
      int ordinal,
      String heading,
      @Nullable Integer page,
      int start,
      int end,
      String key,
      String value) {
    this(id, documentId, document, title, ordinal, heading, page, start, end, key, value, false);
  }
}
