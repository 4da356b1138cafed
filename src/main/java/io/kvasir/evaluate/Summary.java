package io.kvasir.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an experiment says: every row by itself, against one row, and what moved. The same results
 * give the same numbers, in whichever order they came.
 *
 * @param reference name of the row that the others are compared with
 * @param rows in the order of the experiment
 * @param moves from the reference row to each other one
 */
public record Summary(String reference, List<RowSummary> rows, List<Moves> moves) {
  public Summary {
    rows = List.copyOf(rows);
    moves = List.copyOf(moves);
  }

  /**
   * The summary of what has been answered so far.
   *
   * @param rows the configurations
   * @param results of them; a row that has none yet is summed up as empty
   * @param reference name of one of the rows
   */
  public static Summary of(List<Row> rows, List<Result> results, String reference) {
    if (rows.stream().noneMatch(row -> row.name().equals(reference))) {
      throw new IllegalArgumentException("no row is called " + reference);
    }
    List<Result> ordered =
        results.stream()
            .sorted(Comparator.comparing(Result::question).thenComparing(Result::row))
            .toList();
    Map<String, List<Result>> byRow = new LinkedHashMap<>();
    rows.forEach(row -> byRow.put(row.name(), new ArrayList<>()));
    ordered.forEach(result -> byRow.getOrDefault(result.row(), new ArrayList<>()).add(result));
    Set<String> asked = new HashSet<>();
    Set<String> known = new HashSet<>();
    for (Row row : rows) {
      if (row.closedBook()) {
        for (Result result : byRow.getOrDefault(row.name(), List.of())) {
          asked.add(result.question());
          if (result.says(Measure.CONTAINED)) {
            known.add(result.question());
          }
        }
      }
    }
    List<Result> base = byRow.getOrDefault(reference, List.of());
    List<RowSummary> summaries =
        rows.stream()
            .map(
                row ->
                    summary(
                        row,
                        byRow.getOrDefault(row.name(), List.of()),
                        row.name().equals(reference) ? List.of() : base,
                        asked,
                        known))
            .toList();
    List<Moves> moves =
        rows.stream()
            .filter(row -> !row.name().equals(reference))
            .map(row -> Moves.of(reference, row.name(), ordered))
            .toList();
    return new Summary(reference, summaries, moves);
  }

  private static RowSummary summary(
      Row row, List<Result> results, List<Result> base, Set<String> asked, Set<String> known) {
    return new RowSummary(
        row,
        estimates(results, question -> true),
        estimates(results, known::contains),
        estimates(results, question -> asked.contains(question) && !known.contains(question)),
        differences(results, base));
  }

  private static Map<Measure, Estimate> estimates(
      List<Result> results, Predicate<String> question) {
    Map<Measure, Estimate> estimates = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      double[] values =
          results.stream()
              .filter(result -> question.test(result.question()))
              .flatMap(result -> Stream.ofNullable(result.values().get(measure)))
              .mapToDouble(Double::doubleValue)
              .toArray();
      if (values.length > 0) {
        estimates.put(measure, new Estimate(Bootstrap.of(values), values.length));
      }
    }
    return Collections.unmodifiableMap(estimates);
  }

  private static Map<Measure, PairedDifference> differences(
      List<Result> results, List<Result> base) {
    Map<String, Result> others = new HashMap<>();
    base.forEach(result -> others.put(result.question(), result));
    Map<Measure, PairedDifference> differences = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      List<double[]> pairs = new ArrayList<>();
      for (Result result : results) {
        Result other = others.get(result.question());
        Double value = result.values().get(measure);
        Double against = other == null ? null : other.values().get(measure);
        if (value != null && against != null) {
          pairs.add(new double[] {value, against});
        }
      }
      if (!pairs.isEmpty()) {
        differences.put(
            measure,
            PairedDifference.of(
                pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
                pairs.stream().mapToDouble(pair -> pair[1]).toArray()));
      }
    }
    return Collections.unmodifiableMap(differences);
  }
}
