package io.kvasir.contrast.path;

import io.kvasir.core.Passage;
import java.util.List;

/**
 * What a path wants in its prompt.
 *
 * @param passages in the order in which they are read; those that do not fit are left out at the
 *     end
 * @param wanted how many it would read if there were room: more than were gathered, where a scope
 *     is larger than what is gathered of it
 */
public record Choice(List<Passage> passages, int wanted) {
  /** Nothing. */
  static final Choice NONE = new Choice(List.of(), 0);

  /** As many as there are. */
  static Choice of(List<Passage> passages) {
    return new Choice(passages, passages.size());
  }
}
