package io.kvasir.bench;

import io.kvasir.bench.SearchTask.SectionQuestion;
import io.kvasir.core.Hit;
import io.kvasir.retrieve.Fusion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What both searches found for one question, so that any fusion of them can be tried.
 *
 * @param question what was asked
 * @param hits all that either found
 * @param dense the place of a passage among those found by meaning, from 1
 * @param lexical the place of a passage among those found by words, from 1
 * @param best the best score by words; 1 if there is none
 * @param next the best score by words of those that are not among the first few; 0 if there is none
 */
record SearchRun(
    SectionQuestion question,
    List<Hit> hits,
    Map<Long, Integer> dense,
    Map<Long, Integer> lexical,
    double best,
    double next) {

  static SearchRun of(SectionQuestion question, List<Hit> hits) {
    double[] scores =
        hits.stream()
            .map(Hit::lexical)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .map(score -> -score)
            .sorted()
            .toArray();
    return new SearchRun(
        question,
        hits,
        places(hits, Hit::dense),
        places(hits, Hit::lexical),
        scores.length == 0 ? 1 : -scores[0],
        scores.length <= Fusion.FEW ? 0 : -scores[Fusion.FEW]);
  }

  private static Map<Long, Integer> places(List<Hit> hits, Function<Hit, @Nullable Double> score) {
    Map<Long, Double> scores = new HashMap<>();
    for (Hit hit : hits) {
      Double value = score.apply(hit);
      if (value != null) {
        scores.put(hit.passage().id(), value);
      }
    }
    List<Long> ids = new ArrayList<>(scores.keySet());
    ids.sort(
        Comparator.comparing((Long id) -> scores.getOrDefault(id, 0.0))
            .reversed()
            .thenComparing(Comparator.naturalOrder()));
    Map<Long, Integer> places = new HashMap<>();
    ids.forEach(id -> places.put(id, places.size() + 1));
    return places;
  }

  /** The place of the right section when the two searches are fused so. */
  double rank(Fusion fusion) {
    return rank(
        hits.stream()
            .filter(hit -> score(hit, fusion) > 0)
            .sorted(Comparator.comparingDouble((Hit hit) -> -score(hit, fusion)))
            .toList());
  }

  private double score(Hit hit, Fusion fusion) {
    Double words = place(lexical, hit, fusion) == 0 ? null : hit.lexical();
    double share = words == null ? 0 : words / best;
    return fusion.score(place(dense, hit, fusion), share, 1 - next / best);
  }

  private static int place(Map<Long, Integer> places, Hit hit, Fusion fusion) {
    int place = places.getOrDefault(hit.passage().id(), 0);
    return place > fusion.candidates() ? 0 : place;
  }

  /** The place of the right section in a search's own order; infinite if it is not there. */
  double rank(List<Hit> ordered) {
    LinkedHashSet<String> sections = new LinkedHashSet<>();
    ordered.forEach(hit -> sections.add(hit.passage().heading()));
    int place = List.copyOf(sections).indexOf(question.section());
    return place < 0 ? Double.POSITIVE_INFINITY : place + 1;
  }
}
