package io.kvasir.contrast.path;

import io.kvasir.core.Passage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path wants in its prompt.
 *
 * @param passages the most wanted first; those that do not fit are left out at the end
 * @param wanted how many it would read if there were room: more than were gathered, where a scope
 *     is larger than what is gathered of it
 * @param reading the order in which those that fit are read; null for the order in which they are
 *     wanted
 */
public record Choice(List<Passage> passages, int wanted, @Nullable Comparator<Passage> reading) {
  /** As they stand in their documents. */
  static final Comparator<Passage> DOCUMENT_ORDER =
      Comparator.comparingLong(Passage::documentId).thenComparingInt(Passage::ordinal);

  /** Nothing. */
  static final Choice NONE = of(List.of());

  /** As many as there are, read in the order in which they are wanted. */
  static Choice of(List<Passage> passages) {
    return new Choice(passages, passages.size(), null);
  }

  /** As many as there are, the most wanted read last. */
  static Choice bestLast(List<Passage> passages) {
    Comparator<Passage> byRank = Comparator.comparingInt(passages::indexOf);
    return new Choice(passages, passages.size(), byRank.reversed());
  }

  /** As many as there are, read in another order. */
  static Choice read(List<Passage> wanted, List<Passage> order) {
    return new Choice(wanted, wanted.size(), Comparator.comparingInt(order::indexOf));
  }

  /** Those that fit, in the order in which they are read. */
  public List<Passage> ordered(List<Passage> fitting) {
    if (reading == null) {
      return fitting;
    }
    List<Passage> ordered = new ArrayList<>(fitting);
    ordered.sort(reading);
    return ordered;
  }
}
