package io.kvasir.evaluate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one question got in one row of an experiment.
 *
 * @param question its id
 * @param row the name of the row
 * @param contrast the id of the stored contrast; null if none was kept
 * @param answer what was said
 * @param ended why it ended
 * @param values of the measures that apply
 */
public record Result(
    String question,
    String row,
    @Nullable String contrast,
    String answer,
    String ended,
    Map<Measure, Double> values) {
  public Result {
    EnumMap<Measure, Double> ordered = new EnumMap<>(Measure.class);
    ordered.putAll(values);
    values = Collections.unmodifiableMap(ordered);
  }

  /** Whether a measure that says yes or no says yes; no if it does not apply. */
  public boolean says(Measure measure) {
    return values.getOrDefault(measure, 0.0) > 0;
  }
}
