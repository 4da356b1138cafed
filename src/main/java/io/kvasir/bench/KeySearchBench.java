package io.kvasir.bench;

import io.kvasir.attend.MassProbe;
import io.kvasir.encode.Encoder;
import io.kvasir.evaluate.Bm25;
import io.kvasir.evaluate.Bootstrap;
import io.kvasir.evaluate.HeadRanking;
import io.kvasir.evaluate.PairedDifference;
import io.kvasir.evaluate.Ranks;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.evaluate.dataset.SourceDocument;
import io.kvasir.generate.Generator;
import io.kvasir.retrieve.Fusion;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the paragraph that answers, among all of a set, by a decoder's own query states and the
 * stored keys of the paragraphs; against cosine, BM25 and their fusion on the same questions. Heads
 * are chosen for each signal on other questions than those that judge.
 */
final class KeySearchBench {
  /** Paragraphs among which a head has to find the right one to be chosen. */
  private static final int CANDIDATES = 25;

  private final Generator generator;
  private final KeyReader reader;
  private final MassProbe.Geometry geometry;
  private final PrintStream out;
  private final List<SourceDocument> paragraphs;
  private final Bm25 words;
  private final float[][] vectors;
  private final Encoder encoder;
  private final KeySearch search;

  /** Reads every paragraph of a set. Blocks. */
  KeySearchBench(
      Generator generator, String language, Dataset all, Encoder encoder, PrintStream out) {
    this.generator = generator;
    this.reader = new KeyReader(generator, language);
    this.geometry = generator.description().geometry();
    this.out = out;
    this.paragraphs = all.documents();
    this.words = new Bm25(paragraphs.stream().map(SourceDocument::text).toList());
    this.encoder = encoder;
    this.vectors =
        encoder
            .encodePassages(paragraphs.stream().map(SourceDocument::text).toList())
            .toCompletableFuture()
            .join()
            .toArray(float[][]::new);
    List<PassageKeys> keys = new ArrayList<>();
    for (SourceDocument paragraph : paragraphs) {
      keys.add(reader.keys(paragraph));
    }
    this.search = new KeySearch(geometry, keys, reader.states("N/A"));
  }

  /** A question, what each paragraph gets by every known search, and the right one's place. */
  private record Asked(
      QuestionStates states, int gold, double[] meaning, double[] words, double[] fused) {}

  /**
   * Chooses heads on some questions and reports on others. Blocks.
   *
   * @param keep how many heads each signal adds up
   */
  void run(Dataset choosing, Dataset reporting, int keep) {
    Map<KeySignal, List<Integer>> heads = choose(asked(choosing), keep);
    List<Asked> judging = asked(reporting);
    List<Integer> everywhere = IntStream.range(0, paragraphs.size()).boxed().toList();
    List<Integer> union =
        heads.values().stream().flatMap(List::stream).distinct().sorted().toList();
    Map<String, List<double[]>> rows = new LinkedHashMap<>();
    rows.put("cosine", judging.stream().map(Asked::meaning).toList());
    rows.put("BM25", judging.stream().map(Asked::words).toList());
    rows.put("fusion", judging.stream().map(Asked::fused).toList());
    int done = 0;
    for (Asked each : judging) {
      Map<Integer, Map<KeySignal, double[]>> found = byHead(each, union, everywhere);
      for (KeySignal signal : KeySignal.values()) {
        double[] sum = sum(found, heads.getOrDefault(signal, List.of()), signal);
        rows.computeIfAbsent(signal.label(), any -> new ArrayList<>()).add(sum);
        rows.computeIfAbsent("fusion + " + signal.label(), any -> new ArrayList<>())
            .add(together(each.fused(), sum));
      }
      System.err.printf("%d of %d%n", ++done, judging.size());
    }
    report(rows, judging, heads);
  }

  private void report(
      Map<String, List<double[]>> rows, List<Asked> judging, Map<KeySignal, List<Integer>> heads) {
    out.printf(
        "%s: %d questions over %d paragraphs%n",
        generator.description().name(), judging.size(), paragraphs.size());
    heads.forEach(
        (signal, some) ->
            out.printf(
                "%s: heads %s%n",
                signal.label(),
                some.stream()
                    .map(head -> head / geometry.heads() + "." + head % geometry.heads())
                    .toList()));
    out.println("| found by | R@1 | R@3 | R@5 | R@20 | MRR | MRR, less than the fusion's |");
    out.println("|---|---|---|---|---|---|---|");
    List<double[]> fused = rows.getOrDefault("fusion", List.of());
    rows.forEach(
        (name, scores) ->
            out.printf(
                "| %s | %s | %s | %s | %.3f | %.3f | %s |%n",
                name,
                Bootstrap.of(recall(scores, judging, 1)),
                Bootstrap.of(recall(scores, judging, 3)),
                Bootstrap.of(recall(scores, judging, 5)),
                Bootstrap.of(recall(scores, judging, 20)).mean(),
                Bootstrap.of(values(scores, judging, rank -> 1 / rank)).mean(),
                PairedDifference.of(
                        values(fused, judging, rank -> 1 / rank),
                        values(scores, judging, rank -> 1 / rank))
                    .difference()));
  }

  private static double[] recall(List<double[]> scores, List<Asked> judging, int at) {
    return values(scores, judging, rank -> rank <= at ? 1 : 0);
  }

  private static double[] values(
      List<double[]> scores, List<Asked> judging, ToDoubleFunction<Double> measure) {
    return IntStream.range(0, scores.size())
        .mapToDouble(i -> measure.applyAsDouble(Ranks.rank(scores.get(i), judging.get(i).gold())))
        .toArray();
  }

  private Map<KeySignal, List<Integer>> choose(List<Asked> choosing, int keep) {
    List<Integer> all =
        IntStream.range(0, generator.description().layers() * geometry.heads()).boxed().toList();
    Map<KeySignal, List<double[]>> gains = new EnumMap<>(KeySignal.class);
    int done = 0;
    for (Asked each : choosing) {
      List<Integer> some = candidates(each);
      Map<Integer, Map<KeySignal, double[]>> found = byHead(each, all, some);
      for (KeySignal signal : KeySignal.values()) {
        gains
            .computeIfAbsent(signal, any -> new ArrayList<>())
            .add(
                all.stream()
                    .mapToDouble(
                        head ->
                            Ranks.gain(
                                sum(found, List.of(head), signal), some.indexOf(each.gold())))
                    .toArray());
      }
      System.err.printf("%d of %d choose%n", ++done, choosing.size());
    }
    Map<KeySignal, List<Integer>> heads = new EnumMap<>(KeySignal.class);
    gains.forEach((signal, each) -> heads.put(signal, new HeadRanking(each).best(keep)));
    return heads;
  }

  /** The right paragraph and those that share most words with the question. */
  private List<Integer> candidates(Asked asked) {
    return IntStream.range(0, paragraphs.size())
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                (Integer place) ->
                    place == asked.gold() ? Double.NEGATIVE_INFINITY : -asked.words()[place]))
        .limit(CANDIDATES)
        .toList();
  }

  private Map<Integer, Map<KeySignal, double[]>> byHead(
      Asked asked, List<Integer> heads, List<Integer> some) {
    return heads.parallelStream()
        .collect(
            Collectors.toConcurrentMap(
                head -> head,
                head ->
                    search.find(
                        asked.states(), head / geometry.heads(), head % geometry.heads(), some)));
  }

  private static double[] sum(
      Map<Integer, Map<KeySignal, double[]>> found, List<Integer> heads, KeySignal signal) {
    double[] sum = {};
    for (int head : heads) {
      double[] one = Objects.requireNonNull(Objects.requireNonNull(found.get(head)).get(signal));
      sum = sum.length == 0 ? new double[one.length] : sum;
      for (int i = 0; i < one.length; i++) {
        sum[i] += one[i];
      }
    }
    return sum;
  }

  private List<Asked> asked(Dataset questions) {
    return questions.questions().stream().map(this::asked).toList();
  }

  private Asked asked(LabelledQuestion question) {
    String id = Dataset.best(question);
    int gold =
        IntStream.range(0, paragraphs.size())
            .filter(place -> paragraphs.get(place).id().equals(id))
            .findFirst()
            .orElseThrow();
    float[] vector = encoder.encodeQuestion(question.text()).toCompletableFuture().join();
    double[] meaning = Arrays.stream(vectors).mapToDouble(each -> product(vector, each)).toArray();
    double[] matching = words.scores(question.text());
    return new Asked(
        reader.states(question.text()), gold, meaning, matching, fused(meaning, matching));
  }

  private static double product(float[] one, float[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  /** As the search of a server fuses. */
  private static double[] fused(double[] meaning, double[] matching) {
    double[] sorted = Arrays.stream(matching).sorted().toArray();
    double best = sorted[sorted.length - 1];
    double next = sorted.length > Fusion.FEW ? sorted[sorted.length - 1 - Fusion.FEW] : 0;
    double lead = best > 0 ? 1 - next / best : 0;
    return IntStream.range(0, meaning.length)
        .mapToDouble(
            i ->
                Fusion.DEFAULT.score(
                    (int) Math.ceil(Ranks.rank(meaning, i)),
                    best > 0 ? matching[i] / best : 0,
                    lead))
        .toArray();
  }

  /** A third list, counting by place and as much as words do. */
  private static double[] together(double[] fused, double[] third) {
    return IntStream.range(0, fused.length)
        .mapToDouble(i -> fused[i] + 0.5 / (Fusion.DEFAULT.constant() + Ranks.rank(third, i)))
        .toArray();
  }
}
