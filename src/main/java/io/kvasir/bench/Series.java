package io.kvasir.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The values of one measure, one for each round; what is reported is their median and spread. */
final class Series {
  private final List<Double> values = new ArrayList<>();

  /** Adds a round's value; what could not be measured, a NaN, is left out. */
  void add(double value) {
    if (!Double.isNaN(value)) {
      values.add(value);
    }
  }

  /** Every value, in the order of the rounds. */
  List<Double> values() {
    return List.copyOf(values);
  }

  /** Not a number if there is none. */
  double median() {
    return quantile(values, 0.5);
  }

  /** The least. */
  double least() {
    return values.isEmpty() ? Double.NaN : Collections.min(values);
  }

  /** The greatest. */
  double greatest() {
    return values.isEmpty() ? Double.NaN : Collections.max(values);
  }

  /** The value below which a share of all lies; of an even number's middle, the upper. */
  static double quantile(List<Double> values, double share) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, (int) (share * sorted.size())));
  }
}
