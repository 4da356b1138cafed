package io.kvasir.core;

import java.util.Collections;
import java.util.List;

/**
 * How one layer of a decoder attends.
 *
 * @param ropeBase base of its rotary position embedding
 * @param window how many positions a position sees, itself included; 0 for all before it
 * @param scale what products of queries and keys are multiplied by before the softmax
 */
public record AttentionLayer(double ropeBase, int window, double scale) {
  /** 1/√d: the scale of nearly every decoder. */
  public static double usualScale(int headSize) {
    return 1 / Math.sqrt(headSize);
  }

  /** Layers that all see everything in the usual scale. */
  public static List<AttentionLayer> alike(int layers, double ropeBase, int headSize) {
    return Collections.nCopies(layers, new AttentionLayer(ropeBase, 0, usualScale(headSize)));
  }

  /** The first position that the last one of a sequence of this length sees. */
  public int first(int length) {
    return window == 0 ? 0 : Math.max(0, length - window);
  }
}
