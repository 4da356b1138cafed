package io.kvasir.core;

import java.util.List;

/**
 * The part of a collection a question is asked over.
 *
 * @param selectors each a document's name, optionally followed by {@code #} and the beginning of a
 *     heading path (for example {@code faq.html#Chapter 8}); empty for the whole collection
 */
public record Scope(List<String> selectors) {
  /** The whole collection. */
  public static final Scope ALL = new Scope(List.of());

  public Scope {
    selectors = List.copyOf(selectors);
  }

  /** Whether the scope is the whole collection. */
  public boolean isAll() {
    return selectors.isEmpty();
  }
}
