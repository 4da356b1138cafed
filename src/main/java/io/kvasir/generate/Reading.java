package io.kvasir.generate;

import io.kvasir.core.AttentionPrecision;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One reading from its request to its result. Belongs to the inference thread. */
final class Reading implements SlotTenant {
  final ReadingRequest request;
  final CompletableFuture<double[]> result = new CompletableFuture<>();
  final double[] logprobs;
  private final long submitted = System.nanoTime();
  private final List<PlacedRows> placed;
  private final SlotContent content;

  /** Its place in the cache while it has one. */
  @Nullable Slot slot;

  /** How many of its tokens are read and dealt with. */
  int done;

  Reading(ReadingRequest request, AttentionPrecision precision) {
    this.request = request;
    this.placed = request.promptRows().usable(request.ids(), reusable());
    this.content = SlotContent.of(request.ids(), placed, precision);
    this.logprobs = new double[request.expected().length];
  }

  int length() {
    return request.ids().length;
  }

  /** The first position whose logits or queries are wanted. */
  int firstRow() {
    return length() - request.rows();
  }

  @Override
  public SlotContent content() {
    return content;
  }

  @Override
  public List<PlacedRows> placed() {
    return placed;
  }

  @Override
  public PromptRows rows() {
    return request.promptRows();
  }

  @Override
  public void found(int count) {}

  @Override
  public void restored(int count) {}

  @Override
  public int reusable() {
    return Math.min(firstRow(), Math.max(0, length() - Decoder.LEAST_READ));
  }

  /** Whether it has used more time than it may. */
  boolean late(long now, long deadlineNanos) {
    return now - submitted > deadlineNanos;
  }
}
