package io.kvasir.generate;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import io.kvasir.core.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

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

  /** What decoders are computed on, as a word. */
  public static final Setting<String> PROVIDER =
      Setting.text(
          "engine.provider",
          "cpu",
          Pattern.compile("cpu|cuda"),
          "cpu or cuda",
          "What decoders are computed on; cuda needs the image kvasir-cuda and a GPU.");

  static final Setting<Integer> THREADS =
      Setting.number("engine.threads", 0, 0, 256, "Threads of a decoder; 0 for one a core.");

  /** How many sequences are in the cache. */
  public static final Setting<Integer> SLOTS =
      Setting.number("engine.slots", 6, 1, MAX_SLOTS, "Answers generated at the same time.");

  /** How long a sequence can be. */
  public static final Setting<Integer> CONTEXT =
      Setting.number(
          "engine.context", 4_096, 256, 131_072, "Tokens of prompt and answer that a slot holds.");

  static final Setting<Integer> QUEUE =
      Setting.number("engine.queue", 64, 1, 10_000, "Answers that may wait for a slot.");

  static final Setting<Integer> PREFILL_CHUNK =
      Setting.number(
          "engine.prefill-chunk",
          128,
          Decoder.LEAST_READ,
          4_096,
          "Tokens of a prompt that are read in one pass.");

  static final Setting<Duration> DEADLINE =
      Setting.seconds(
          "engine.deadline-seconds", 600, 1, 86_400, "After this time an answer is ended.");

  static final Setting<List<Integer>> WATCHED_LAYERS =
      Setting.list(
          "engine.watched-layers",
          "layers from 0, divided by commas",
          "Layers whose attention is averaged; empty for the engine's own choice.",
          Integer::parseUnsignedInt);

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.of(
              PROVIDER, THREADS, SLOTS, CONTEXT, QUEUE, PREFILL_CHUNK, DEADLINE, WATCHED_LAYERS)
          .checked(settings -> settings.requireAtMost(PREFILL_CHUNK, CONTEXT));

  /** About how many steps of others a pass over a prompt takes. */
  private static final int INTERLEAVED_STEPS = 6;

  /** What is used unless settings say otherwise. */
  public static final EngineOptions DEFAULTS = of(Settings.DEFAULTS);

  public EngineOptions {
    watchedLayers = List.copyOf(watchedLayers);
    require(threads >= 0, THREADS, "0 or more", threads);
    require(slots >= 1 && slots <= MAX_SLOTS, SLOTS, "1 to " + MAX_SLOTS, slots);
    require(context >= 16, CONTEXT, "16 or more", context);
    require(queue >= 0, QUEUE, "0 or more", queue);
    require(prefillChunk >= Decoder.LEAST_READ, PREFILL_CHUNK, "2 or more", prefillChunk);
    if (interleavedSteps < 2 || deadline.toMillis() < 1) {
      throw new IllegalArgumentException("a pass takes 2 steps or more, and a sequence some time");
    }
  }

  /** Those that are set. */
  public static EngineOptions of(Settings settings) {
    return new EngineOptions(
        settings.value(THREADS),
        settings.value(SLOTS),
        settings.value(CONTEXT),
        settings.value(QUEUE),
        settings.value(PREFILL_CHUNK),
        INTERLEAVED_STEPS,
        settings.value(DEADLINE),
        settings.value(WATCHED_LAYERS));
  }

  /** The same with so many threads; 0 takes every core. */
  public EngineOptions withThreads(int other) {
    return new EngineOptions(
        other, slots, context, queue, prefillChunk, interleavedSteps, deadline, watchedLayers);
  }

  /** The same with so many slots, and tokens of each. */
  public EngineOptions withCache(int otherSlots, int otherContext) {
    return new EngineOptions(
        threads,
        otherSlots,
        otherContext,
        queue,
        prefillChunk,
        interleavedSteps,
        deadline,
        watchedLayers);
  }

  /** The same with so many that may wait. */
  public EngineOptions withQueue(int other) {
    return new EngineOptions(
        threads, slots, context, other, prefillChunk, interleavedSteps, deadline, watchedLayers);
  }

  /**
   * The same with passes of another length.
   *
   * @param alone tokens of a prompt while nobody else answers
   * @param steps about how many steps of others a pass may take while they answer
   */
  public EngineOptions withPasses(int alone, int steps) {
    return new EngineOptions(threads, slots, context, queue, alone, steps, deadline, watchedLayers);
  }

  /** The same with another time for a sequence. */
  public EngineOptions withDeadline(Duration other) {
    return new EngineOptions(
        threads, slots, context, queue, prefillChunk, interleavedSteps, other, watchedLayers);
  }

  private static void require(boolean holds, Setting<Integer> setting, String range, int value) {
    if (!holds) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "%s is %d; it can be %s".formatted(setting.key(), value, range));
    }
  }
}
