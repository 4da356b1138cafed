package io.kvasir.generate;

import io.kvasir.core.ProblemException;
import java.time.Duration;
import java.util.List;

/**
 * How one decoder is run, and its limits.
 *
 * @param threads of one pass; 0 takes every core
 * @param slots sequences that are in the cache at a time, live or remembered
 * @param context the most tokens of prompt and answer; the decoder's own limit if that is lower
 * @param queue the most sequences that wait for a slot
 * @param prefillChunk tokens of a prompt that are read in one pass while nobody else answers
 * @param interleavedSteps about how many steps of others a pass over a prompt may take while they
 *     answer, so that their tokens keep coming
 * @param deadline the longest a sequence may take, waiting included
 * @param watchedLayers layers whose attention is averaged into a mass; empty takes {@link
 *     io.kvasir.attend.WatchedLayers#spread}
 */
public record EngineOptions(
    int threads,
    int slots,
    int context,
    int queue,
    int prefillChunk,
    int interleavedSteps,
    Duration deadline,
    List<Integer> watchedLayers) {
  /** The most slots; the rows of a batch. */
  public static final int MAX_SLOTS = 64;

  /** What is used unless settings say otherwise. */
  public static final EngineOptions DEFAULTS =
      new EngineOptions(0, 6, 4_096, 64, 128, 6, Duration.ofMinutes(10), List.of());

  public EngineOptions {
    watchedLayers = List.copyOf(watchedLayers);
    require(threads >= 0, "threads", "0 or more", threads);
    require(slots >= 1 && slots <= MAX_SLOTS, "slots", "1 to " + MAX_SLOTS, slots);
    require(context >= 16, "context", "16 or more", context);
    require(queue >= 0, "queue", "0 or more", queue);
    require(prefillChunk >= Decoder.LEAST_READ, "prefill-chunk", "2 or more", prefillChunk);
    require(interleavedSteps >= 2, "interleaved-steps", "2 or more", interleavedSteps);
    require(deadline.toMillis() > 0, "deadline-seconds", "above 0", deadline.toSeconds());
  }

  private static void require(boolean holds, String name, String range, Object value) {
    if (!holds) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "engine.%s is %s; it can be %s".formatted(name, value, range));
    }
  }
}
