package io.kvasir.attend;

import java.util.BitSet;
import java.util.Collection;

/**
 * Some heads of a decoder.
 *
 * @param heads of a layer
 * @param chosen head h of layer l at {@code l * heads + h}
 */
public record Heads(int heads, BitSet chosen) {
  /**
   * One head.
   *
   * @param layer from 0
   * @param head of the layer, from 0
   */
  public record Head(int layer, int head) {}

  /** Every head of some layers. */
  public static Heads ofLayers(int heads, Collection<Integer> layers) {
    BitSet chosen = new BitSet();
    layers.forEach(layer -> chosen.set(layer * heads, (layer + 1) * heads));
    return new Heads(heads, chosen);
  }

  /** These heads. */
  public static Heads of(int heads, Collection<Head> some) {
    BitSet chosen = new BitSet();
    some.forEach(each -> chosen.set(each.layer() * heads + each.head()));
    return new Heads(heads, chosen);
  }

  /** Whether this head is one of them. */
  public boolean contains(int layer, int head) {
    return chosen.get(layer * heads + head);
  }

  /** How many they are. */
  public int count() {
    return chosen.cardinality();
  }
}
