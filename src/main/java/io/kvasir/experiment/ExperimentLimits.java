package io.kvasir.experiment;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import io.kvasir.evaluate.dataset.DatasetLimits;

/**
 * What experiments may take.
 *
 * @param records the most documents and questions of one
 * @param together contrasts of one that are asked at the same time
 * @param listed how many are listed
 * @param marked how many questions can be marked at contrasts
 */
public record ExperimentLimits(int records, int together, int listed, int marked) {
  private static final Setting<Integer> RECORDS =
      Setting.number(
          "eval.records",
          200_000,
          1,
          5_000_000,
          "Documents and questions of an experiment's dataset at the most.");

  private static final Setting<Integer> TOGETHER =
      Setting.number(
          "eval.together", 4, 1, 64, "Contrasts of an experiment that are asked at the same time.");

  private static final Setting<Integer> LISTED =
      Setting.number("eval.listed", 100, 1, 10_000, "Experiments that are listed at the most.");

  private static final Setting<Integer> MARKED =
      Setting.number(
          "eval.marked",
          1_000,
          1,
          100_000,
          "Questions that can be marked at contrasts at the most.");

  /** All of them. */
  public static final KnownSettings SETTINGS = KnownSettings.of(RECORDS, TOGETHER, LISTED, MARKED);

  /** What is used unless settings say otherwise. */
  public static final ExperimentLimits DEFAULT = of(Settings.DEFAULTS);

  /** Those that are set. */
  public static ExperimentLimits of(Settings settings) {
    return new ExperimentLimits(
        settings.value(RECORDS),
        settings.value(TOGETHER),
        settings.value(LISTED),
        settings.value(MARKED));
  }

  /** How much of a dataset is read. */
  DatasetLimits dataset() {
    DatasetLimits usual = DatasetLimits.DEFAULTS;
    return new DatasetLimits(
        usual.maxFileBytes(), records, usual.maxCharacters(), usual.maxBadRecords());
  }
}
