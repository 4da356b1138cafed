package io.kvasir.evaluate.dataset;

import org.jspecify.annotations.Nullable;

/**
 * A text that questions are asked about.
 *
 * @param id tells it from the others of its dataset
 * @param title empty if it has none
 * @param text as it stood; empty if it has a title alone
 * @param fields what stands beside it as a JSON object; null if nothing does
 */
public record SourceDocument(String id, String title, String text, @Nullable String fields) {
  /** A text alone. */
  public SourceDocument(String id, String title, String text) {
    this(id, title, text, null);
  }
}
