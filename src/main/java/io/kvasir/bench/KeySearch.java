package io.kvasir.bench;

import io.kvasir.attend.MassProbe;
import io.kvasir.attend.Rotation;
import io.kvasir.numeric.LogSumExp;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Finds passages by a question's query states and the passages' stored keys, exactly: every key of
 * every passage is looked at, and what a question without content finds is taken away.
 */
final class KeySearch {
  private final MassProbe.Geometry geometry;
  private final List<PassageKeys> passages;
  private final QuestionStates empty;
  private final Map<Integer, Scores> known = new ConcurrentHashMap<>();

  /** A search in these passages. */
  KeySearch(MassProbe.Geometry geometry, List<PassageKeys> passages, QuestionStates empty) {
    this.geometry = geometry;
    this.passages = List.copyOf(passages);
    this.empty = empty;
  }

  /**
   * What passages get under one head.
   *
   * @param some which passages
   * @return double[places of some] by signal, calibrated
   */
  Map<KeySignal, double[]> find(QuestionStates asked, int layer, int head, List<Integer> some) {
    Map<KeySignal, double[]> found =
        signals(asked.totals()[layer][head], scores(asked, layer, head, some));
    signals(empty.totals()[layer][head], of(withoutContent(layer, head), some))
        .forEach(
            (signal, without) -> {
              double[] with = Objects.requireNonNull(found.get(signal));
              IntStream.range(0, without.length).forEach(i -> with[i] -= without[i]);
            });
    float[] query = difference(asked.mean(layer), empty.mean(layer), head);
    double[][] byMean =
        some.stream()
            .map(at -> passages.get(at))
            .map(keys -> KeySignal.byMean(keys.plain()[layer][kvHead(head)], query, keys.length()))
            .toArray(double[][]::new);
    List<KeySignal> single =
        List.of(KeySignal.MEAN_KEY, KeySignal.BEST_TOKEN, KeySignal.PAGE_BOUND);
    for (int i = 0; i < single.size(); i++) {
      int which = i;
      found.put(
          single.get(i), Arrays.stream(byMean).mapToDouble(values -> values[which]).toArray());
    }
    return found;
  }

  private int kvHead(int head) {
    return head / (geometry.heads() / geometry.kvHeads());
  }

  private float[] difference(float[] one, float[] other, int head) {
    int size = geometry.headSize();
    float[] query = new float[size];
    for (int i = 0; i < size; i++) {
      query[i] = one[head * size + i] - other[head * size + i];
    }
    return query;
  }

  /**
   * What rows give to passages: double[rows][passages].
   *
   * @param placed ln Σ e^score with keys and queries rotated to their places
   * @param plain the same before any rotation
   * @param best the greatest score before any rotation
   */
  record Scores(double[][] placed, double[][] plain, double[][] best) {}

  private static Map<KeySignal, double[]> signals(double[] totals, Scores scores) {
    Map<KeySignal, double[]> found = new EnumMap<>(KeySignal.class);
    for (KeySignal signal :
        List.of(
            KeySignal.SCORE_PLACED,
            KeySignal.MASS_PLACED,
            KeySignal.SHARE_PLACED,
            KeySignal.SCORE_PLAIN,
            KeySignal.SHARE_PLAIN,
            KeySignal.BEST_TOKENS,
            KeySignal.BEST_TOKENS_SHARE)) {
      found.put(signal, signal.byRows(signal.of(scores), totals));
    }
    return found;
  }

  private Scores withoutContent(int layer, int head) {
    return known.computeIfAbsent(
        layer * geometry.heads() + head,
        any -> scores(empty, layer, head, IntStream.range(0, passages.size()).boxed().toList()));
  }

  private static Scores of(Scores all, List<Integer> some) {
    return new Scores(of(all.placed(), some), of(all.plain(), some), of(all.best(), some));
  }

  private static double[][] of(double[][] all, List<Integer> some) {
    return Arrays.stream(all)
        .map(row -> some.stream().mapToDouble(place -> row[place]).toArray())
        .toArray(double[][]::new);
  }

  /**
   * ln Σ e^score of the keys of some passages. In place, each stands alone between the beginning of
   * the prompt and the question.
   */
  Scores scores(QuestionStates states, int layer, int head, List<Integer> some) {
    int size = geometry.headSize();
    double base = geometry.layers().get(layer).ropeBase();
    float[][] atBegin = states.placed(layer, head);
    double[][] placed = new double[states.rows()][some.size()];
    double[][] plain = new double[states.rows()][some.size()];
    double[][] best = new double[states.rows()][some.size()];
    for (int place = 0; place < some.size(); place++) {
      PassageKeys keys = passages.get(some.get(place));
      Rotation.Turn behind = Rotation.by(size, base, keys.length(), 1);
      float[] scores = new float[keys.length()];
      for (int row = 0; row < placed.length; row++) {
        float[] query = atBegin[row].clone();
        behind.apply(query);
        PassageKeys.scores(keys.placed()[layer][kvHead(head)], query, 0, size, scores);
        placed[row][place] = LogSumExp.of(scores, 0, scores.length);
        PassageKeys.scores(
            keys.plain()[layer][kvHead(head)],
            states.queries()[layer][row],
            head * size,
            size,
            scores);
        plain[row][place] = LogSumExp.of(scores, 0, scores.length);
        best[row][place] = PassageKeys.greatest(scores);
      }
    }
    return new Scores(placed, plain, best);
  }
}
