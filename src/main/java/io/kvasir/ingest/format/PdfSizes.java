package io.kvasir.ingest.format;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/** Finds out which size or distance is the usual one. */
final class PdfSizes {
  private static final int STEPS = 10;

  private PdfSizes() {}

  /**
   * The value that has the most weight, to a tenth; 0 if there is none.
   *
   * @param weight how much one counts
   */
  static <T> float usual(Iterable<T> all, ToDoubleFunction<T> value, ToIntFunction<T> weight) {
    Map<Integer, Integer> weights = new HashMap<>();
    for (T one : all) {
      weights.merge(
          (int) Math.round(value.applyAsDouble(one) * STEPS), weight.applyAsInt(one), Integer::sum);
    }
    return weights.entrySet().stream()
            .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry::getKey))
            .map(Map.Entry::getKey)
            .orElse(0)
        / (float) STEPS;
  }
}
