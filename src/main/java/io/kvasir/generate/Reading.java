package io.kvasir.generate;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One reading from its request to its result. Belongs to the inference thread. */
final class Reading {
  final ReadingRequest request;
  final CompletableFuture<double[]> result = new CompletableFuture<>();
  final double[] logprobs;
  private final long submitted = System.nanoTime();

  /** Its place in the cache while it has one. */
  @Nullable Slot slot;

  /** How many of its tokens are read and dealt with. */
  int done;

  Reading(ReadingRequest request) {
    this.request = request;
    this.logprobs = new double[request.expected().length];
  }

  int length() {
    return request.ids().length;
  }

  /** The first position whose logits or queries are wanted. */
  int firstRow() {
    return length() - request.rows();
  }

  /** How many of its first tokens may come from the cache. */
  int reusable() {
    return Math.min(firstRow(), Math.max(0, length() - Decoder.LEAST_READ));
  }

  /** Whether it has used more time than it may. */
  boolean late(long now, long deadlineNanos) {
    return now - submitted > deadlineNanos;
  }
}
