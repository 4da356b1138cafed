package io.kvasir.memory;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;

/**
 * What keeping rows may take.
 *
 * @param mostBytes of all rows of a workspace in the database
 * @param heapBytes of those that are read or written at a time
 * @param readSeconds how long reading them may take before they are computed instead
 */
public record MemoryLimits(long mostBytes, long heapBytes, int readSeconds) {
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

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.of(MOST_BYTES, HEAP_BYTES, READ_SECONDS);

  /** What is used unless settings say otherwise. */
  public static final MemoryLimits DEFAULT = of(Settings.DEFAULTS);

  /** Those that are set. */
  public static MemoryLimits of(Settings settings) {
    return new MemoryLimits(
        settings.value(MOST_BYTES), settings.value(HEAP_BYTES), settings.value(READ_SECONDS));
  }
}
