package io.kvasir.memory;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import io.kvasir.core.AttentionPrecision;

/**
 * What keeping rows may take, and how it is done.
 *
 * @param mostBytes of all rows of a workspace in the database
 * @param heapBytes of those that are read or written at a time
 * @param readSeconds how long reading them may take before they are computed instead
 * @param passages how those of single passages are kept and put together
 * @param laidKeys of a collection that are laid out as rows for a statement
 */
public record MemoryOptions(
    long mostBytes, long heapBytes, int readSeconds, Passages passages, int laidKeys) {
  /**
   * Rows of single passages.
   *
   * @param precision that they are kept in
   * @param strategy what becomes of several in one prompt
   */
  public record Passages(AttentionPrecision precision, Strategy strategy) {}

  private static final Setting<Long> MOST_BYTES =
      Setting.bytes(
          "memory.max-bytes",
          "4GiB",
          "1MiB",
          "16384GiB",
          "Keys and values of prompts in the database at the most; those that were not used for the longest time go first.");

  private static final Setting<Long> HEAP_BYTES =
      Setting.bytes(
          "memory.heap-bytes",
          "200MiB",
          "1MiB",
          "64GiB",
          "Keys and values that are read from the database or written to it at a time; what would be more is computed, and not kept.");

  private static final Setting<Integer> READ_SECONDS =
      Setting.number(
          "memory.read-seconds",
          10,
          1,
          60,
          "How long reading keys and values may take before they are computed instead; never longer than computing them does.");

  private static final Setting<AttentionPrecision> PRECISION =
      Setting.choice(
          "memory.precision",
          AttentionPrecision.FLOAT16,
          AttentionPrecision.values(),
          "Numbers in which keys and values of passages are kept; in half precision they take half as much, and an answer can differ by a word.");

  private static final Setting<Strategy> STRATEGY =
      Setting.choice(
          "memory.strategy",
          Strategy.SHARED_PREFIX,
          Strategy.values(),
          "What becomes of several passages that were read apart in one prompt: each turned to its place, all at the same place, or with their first tokens read again.");

  private static final Setting<Integer> LAID_KEYS =
      Setting.number(
          "memory.laid-keys",
          200_000,
          1,
          10_000_000,
          "Stored keys of a collection that are laid out as rows, some 300 bytes each, for one head's attention as a statement; a collection with more has none.");

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.of(MOST_BYTES, HEAP_BYTES, READ_SECONDS, PRECISION, STRATEGY, LAID_KEYS);

  /** What is used unless settings say otherwise. */
  public static final MemoryOptions DEFAULT = of(Settings.DEFAULTS);

  /** Those that are set. */
  public static MemoryOptions of(Settings settings) {
    return new MemoryOptions(
        settings.value(MOST_BYTES),
        settings.value(HEAP_BYTES),
        settings.value(READ_SECONDS),
        new Passages(settings.value(PRECISION), settings.value(STRATEGY)),
        settings.value(LAID_KEYS));
  }
}
