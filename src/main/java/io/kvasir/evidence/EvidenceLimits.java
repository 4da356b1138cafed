package io.kvasir.evidence;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;

/**
 * What finding evidence may take.
 *
 * @param running the most measurements at a time
 * @param masks the most random choices of passages of one measurement
 * @param positions the most numbers of single positions in one answer
 * @param candidates how many tokens are kept of those that could have been written at each place
 */
public record EvidenceLimits(int running, int masks, int positions, int candidates) {
  private static final Setting<Integer> RUNNING =
      Setting.number(
          "evidence.running", 2, 1, 64, "Measurements of what passages were worth at a time.");

  private static final Setting<Integer> MASKS =
      Setting.number(
          "evidence.masks", 64, 0, 1_024, "Random choices of passages that one measurement reads.");

  private static final Setting<Integer> POSITIONS =
      Setting.number(
          "evidence.positions",
          400_000,
          1_000,
          10_000_000,
          "Numbers that attention to single positions may take in one answer.");

  private static final Setting<Integer> CANDIDATES =
      Setting.number(
          "evidence.candidates",
          10,
          1,
          100,
          "Tokens that are given of those that could have been written at each place of an answer.");

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.of(RUNNING, MASKS, POSITIONS, CANDIDATES);

  /** What is used unless settings say otherwise. */
  public static final EvidenceLimits DEFAULT = of(Settings.DEFAULTS);

  /** Those that are set. */
  public static EvidenceLimits of(Settings settings) {
    return new EvidenceLimits(
        settings.value(RUNNING),
        settings.value(MASKS),
        settings.value(POSITIONS),
        settings.value(CANDIDATES));
  }
}
