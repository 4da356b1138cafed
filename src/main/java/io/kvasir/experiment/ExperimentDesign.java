package io.kvasir.experiment;

import io.kvasir.contrast.ContrastLimits;
import io.kvasir.contrast.path.Path;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.Result;
import io.kvasir.evaluate.Row;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.experiment.ExperimentStore.Placed;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * From paths and a matrix of values to the rows of a table, and to what has to be asked for them.
 */
final class ExperimentDesign {
  /** The most rows of an experiment. */
  static final int MOST_ROWS = 64;

  /** The path that reads those documents whole. */
  private static final AnswerPath READS_WHOLE = AnswerPath.ATTENTION;

  private final Paths known;

  ExperimentDesign(Paths known) {
    this.known = known;
  }

  /**
   * What is asked at once, for rows that differ in nothing but the path.
   *
   * @param rows their places, from 0
   * @param paths of the contrast, in their order; none of a search
   * @param settings of all of them
   * @param way what the first of them does; whatever joins it does it by another path
   */
  record Ask(List<Integer> rows, List<AnswerPath> paths, Map<Factor, String> settings, Way way) {
    /** Whether the scope is the documents that answer. */
    boolean oracle() {
      return way.kind() == Way.Kind.ORACLE;
    }

    /**
     * What came of a question in each of these rows where no answer did.
     *
     * @param place the question's, from 0
     * @param ended how it ended, in words
     */
    List<Placed> unanswered(
        ExperimentPlan plan,
        int place,
        LabelledQuestion question,
        String ended,
        Map<Measure, Double> values) {
      return rows.stream()
          .map(
              row ->
                  new Placed(
                      place,
                      row,
                      new Result(
                          question.id(), plan.rows().get(row).name(), null, "", ended, values)))
          .toList();
    }
  }

  /**
   * The rows.
   *
   * @throws ProblemException INVALID or TOO_LARGE if there can be no such table
   */
  List<Row> rows(List<String> paths, Map<Factor, List<String>> matrix, ContrastLimits limits) {
    if (paths.isEmpty()) {
      throw new ProblemException(
          Kind.INVALID,
          "name at least one path: %s, %s, %s".formatted(known.listed(), Row.ORACLE, Row.SEARCH));
    }
    matrix.forEach((factor, values) -> values.forEach(value -> factor.check(value, limits)));
    Set<Row> rows = new LinkedHashSet<>();
    for (String path : paths) {
      for (Map<Factor, String> combination : combinations(way(path), matrix)) {
        rows.add(row(path, combination));
      }
    }
    return List.copyOf(checked(rows));
  }

  private static <C extends Collection<?>> C checked(C rows) {
    if (rows.size() > MOST_ROWS) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "these paths and values make more than the %d rows that an experiment can have"
              .formatted(MOST_ROWS));
    }
    return rows;
  }

  /** What a row of this path does. */
  Way way(String path) {
    return switch (path) {
      case Row.ORACLE -> new Way(Way.Kind.ORACLE, known.of(READS_WHOLE));
      case Row.SEARCH -> Way.SEARCH;
      default ->
          new Way(
              Way.Kind.PATH,
              known
                  .find(path)
                  .orElseThrow(
                      () ->
                          new ProblemException(
                              Kind.INVALID,
                              "There is no path '%s'; there are: %s, %s, %s."
                                  .formatted(path, known.listed(), Row.ORACLE, Row.SEARCH))));
    };
  }

  private static List<Map<Factor, String>> combinations(Way way, Map<Factor, List<String>> matrix) {
    List<Map<Factor, String>> all = new ArrayList<>();
    all.add(Map.of());
    for (Map.Entry<Factor, List<String>> each : new TreeMap<>(matrix).entrySet()) {
      if (!each.getKey().concerns(way) || each.getValue().isEmpty()) {
        continue;
      }
      List<Map<Factor, String>> longer = new ArrayList<>();
      for (Map<Factor, String> combination : all) {
        for (String value : each.getValue()) {
          Map<Factor, String> more = new TreeMap<>(combination);
          more.put(each.getKey(), value);
          longer.add(more);
        }
      }
      // Checked on the way: a few lists of values make more combinations than memory holds.
      all = checked(longer);
    }
    return all;
  }

  private static Row row(String path, Map<Factor, String> combination) {
    StringBuilder name = new StringBuilder(path);
    Map<String, String> settings = new LinkedHashMap<>();
    combination.forEach(
        (factor, value) -> {
          name.append(' ').append(factor).append('=').append(value);
          settings.put(factor.toString(), value);
        });
    return new Row(name.toString(), path, settings);
  }

  /**
   * What has to be asked for these rows: as few contrasts as can be, so that prompts are shared.
   */
  List<Ask> asks(List<Row> rows) {
    List<Ask> asks = new ArrayList<>();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      order.add(i);
    }
    // Those with most settings first: what others leave open does not keep them apart.
    order.sort(Comparator.comparingInt(place -> -rows.get(place).settings().size()));
    for (int place : order) {
      Row row = rows.get(place);
      Map<Factor, String> settings = settings(row);
      Way way = way(row.path());
      Ask found = asks.stream().filter(ask -> joins(ask, way, settings)).findFirst().orElse(null);
      if (found == null) {
        found = new Ask(new ArrayList<>(), new ArrayList<>(), settings, way);
        asks.add(found);
      }
      found.rows().add(place);
      Path path = way.path();
      if (path != null) {
        found.paths().add(path.name());
      }
    }
    return asks;
  }

  private static boolean joins(Ask ask, Way way, Map<Factor, String> settings) {
    Path path = way.path();
    return ask.way().kind() == Way.Kind.PATH
        && way.kind() == Way.Kind.PATH
        && path != null
        && !ask.paths().contains(path.name())
        && ask.settings().entrySet().stream()
            .filter(each -> each.getKey().concerns(way))
            .allMatch(each -> each.getValue().equals(settings.get(each.getKey())))
        && ask.settings().keySet().containsAll(settings.keySet());
  }

  /** The settings of a row. */
  static Map<Factor, String> settings(Row row) {
    Map<Factor, String> settings = new TreeMap<>();
    row.settings().forEach((name, value) -> settings.put(Factor.named(name), value));
    return settings;
  }
}
