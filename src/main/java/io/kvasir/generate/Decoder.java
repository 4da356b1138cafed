package io.kvasir.generate;

import io.kvasir.attend.CachedRows;
import io.kvasir.attend.MassProbe;
import io.kvasir.core.AttentionPrecision;
import java.util.List;

/**
 * A decoder's weights and the keys and values of a fixed number of slots. Row p of a slot holds
 * position p of one sequence. Used by one thread at a time; every pass blocks until it is done.
 */
public interface Decoder extends AutoCloseable {
  /**
   * The fewest tokens that are read behind others with the rounding of a read. One alone is
   * computed like a step, which adds up in another order; 8-bit activations make that a visible
   * difference.
   */
  int LEAST_READ = 2;

  /**
   * The sizes that everybody around a decoder needs.
   *
   * @param geometry sizes of its layers
   * @param vocabulary number of tokens
   * @param slots sequences in the cache
   * @param context rows of a slot
   * @param precision of keys and values in the cache
   */
  record Shape(
      MassProbe.Geometry geometry,
      int vocabulary,
      int slots,
      int context,
      AttentionPrecision precision) {
    /** Numbers of a position's queries in one layer. */
    public int queryWidth() {
      return geometry.heads() * geometry.headSize();
    }
  }

  /** What a pass computed; valid until the next call on the decoder. */
  interface Pass {
    /**
     * Copies the logits of one row.
     *
     * @param row of those asked for, from 0
     * @param target float[vocabulary]
     */
    void logits(int row, float[] target);

    /**
     * Copies the queries of one observed row, before their rotation.
     *
     * @param layer one of those that were observed
     * @param row of those asked for, or of the batch, from 0
     * @param target float[heads * headSize]
     */
    void queries(int layer, int row, float[] target);
  }

  /** The sizes of this decoder. */
  Shape shape();

  /**
   * Reads tokens into one slot behind the rows it has.
   *
   * @param slot which
   * @param position of the first token: the rows before it must hold the tokens before it
   * @param ids the tokens
   * @param rows of how many last tokens logits and queries are wanted, from 1; each takes as much
   *     memory as the vocabulary has tokens
   * @param observed layers whose queries are wanted; may be empty
   * @throws io.kvasir.core.ProblemException UNAVAILABLE if the runtime fails
   */
  Pass read(int slot, int position, int[] ids, int rows, int[] observed);

  /**
   * Takes one step in neighbouring slots: reads one token in each.
   *
   * @param firstSlot of the run of slots
   * @param positions where each slot's token goes
   * @param ids one token for each slot
   * @param observed layers whose queries are wanted; may be empty
   * @throws io.kvasir.core.ProblemException UNAVAILABLE if the runtime fails
   */
  Pass step(int firstSlot, int[] positions, int[] ids, int[] observed);

  /** Copies rows {@code [begin, end)} of one slot into another, all layers. */
  void copy(int fromSlot, int toSlot, int begin, int end);

  /** Exchanges the first rows of two slots, all layers. */
  void swap(int oneSlot, int otherSlot, int rows);

  /**
   * Copies rows {@code [begin, end)} of a slot, all layers: the parts of {@link StoredRows}.
   *
   * @param precision that they are wanted in
   */
  List<byte[]> save(int slot, int begin, int end, AttentionPrecision precision);

  /**
   * Puts rows into a slot at their place, keys rotated and scaled as it says.
   *
   * @param rows what {@link #save} gave, of this decoder or of one with the same weights
   * @throws IllegalArgumentException if they have another size
   * @throws io.kvasir.core.ProblemException UNAVAILABLE if there is not enough memory
   */
  void restore(int slot, PlacedRows rows);

  /** The rotated keys of a slot. */
  CachedRows keys(int layer, int slot);

  /** The values of a slot. */
  CachedRows values(int layer, int slot);

  @Override
  void close();
}
