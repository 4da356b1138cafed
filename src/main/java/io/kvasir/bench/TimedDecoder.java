package io.kvasir.bench;

import io.kvasir.attend.CachedRows;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.generate.Decoder;
import io.kvasir.generate.PlacedRows;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A decoder that notes how long its steps take; what a step takes beyond that is Java's own. */
final class TimedDecoder implements Decoder {
  /** Steps that are remembered, so that it stays small however long it runs. */
  private static final int MOST = 1_000;

  private final Deque<Double> steps = new ArrayDeque<>();
  private @Nullable Decoder inner;

  /** Puts it around a decoder, once, before anything is computed. */
  Decoder around(Decoder decoder) {
    inner = decoder;
    return this;
  }

  private Decoder decoder() {
    Decoder decoder = inner;
    if (decoder == null) {
      throw new IllegalStateException("it is around no decoder yet");
    }
    return decoder;
  }

  /** Forgets what it noted. */
  synchronized void reset() {
    steps.clear();
  }

  /** Of the steps since then. */
  synchronized double medianStepSeconds() {
    return Series.quantile(List.copyOf(steps), 0.5);
  }

  @Override
  public Shape shape() {
    return decoder().shape();
  }

  @Override
  public Pass read(int slot, int position, int[] ids, int rows, int[] observed) {
    return decoder().read(slot, position, ids, rows, observed);
  }

  @Override
  public Pass step(int firstSlot, int[] positions, int[] ids, int[] observed) {
    long begin = System.nanoTime();
    Pass pass = decoder().step(firstSlot, positions, ids, observed);
    synchronized (this) {
      steps.add((System.nanoTime() - begin) / 1e9);
      if (steps.size() > MOST) {
        steps.remove();
      }
    }
    return pass;
  }

  @Override
  public void copy(int fromSlot, int toSlot, int begin, int end) {
    decoder().copy(fromSlot, toSlot, begin, end);
  }

  @Override
  public void swap(int oneSlot, int otherSlot, int rows) {
    decoder().swap(oneSlot, otherSlot, rows);
  }

  @Override
  public List<byte[]> save(int slot, int begin, int end, AttentionPrecision precision) {
    return decoder().save(slot, begin, end, precision);
  }

  @Override
  public void restore(int slot, PlacedRows rows) {
    decoder().restore(slot, rows);
  }

  @Override
  public CachedRows keys(int layer, int slot) {
    return decoder().keys(layer, slot);
  }

  @Override
  public CachedRows values(int layer, int slot) {
    return decoder().values(layer, slot);
  }

  @Override
  public void close() {
    decoder().close();
  }
}
