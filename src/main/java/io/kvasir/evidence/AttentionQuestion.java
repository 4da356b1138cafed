package io.kvasir.evidence;

import io.kvasir.core.AnswerPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which attention of a stored path is wanted.
 *
 * @param path which path
 * @param tokens places in the answer, from 0; empty for all
 * @param heads which heads are averaged, unless a layer is named
 * @param layer only its heads; null for all layers
 * @param head only this head of the layer; null for all of its heads
 * @param positions whether every single position is wanted, one line for each token
 */
public record AttentionQuestion(
    AnswerPath path,
    List<Integer> tokens,
    Selection heads,
    @Nullable Integer layer,
    @Nullable Integer head,
    boolean positions) {
  public AttentionQuestion {
    tokens = List.copyOf(tokens);
  }

  /** A choice of heads. The wire name is the lower case name. */
  public enum Selection {
    /** Those of the watched layers, as while the answer was written. */
    WATCHED,
    /** All of them. */
    ALL,
    /** Those that were detected to find passages. */
    BEST;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
