package io.kvasir.bench;

import io.kvasir.contrast.PromptWriter;
import io.kvasir.core.AnswerStyle;
import io.kvasir.evaluate.Bootstrap;
import io.kvasir.evaluate.HeadRanking;
import io.kvasir.evaluate.Ranks;
import io.kvasir.evidence.PassageAttention;
import io.kvasir.evidence.WrittenAnswer;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Prompt;
import io.kvasir.models.DetectedHeads;
import io.kvasir.models.DetectedHeads.Head;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds the heads whose calibrated attention, from the question to the passages, goes to the one
 * that answers; and reports, on other questions, whether they do better than all heads, retrieval
 * and position alone.
 */
final class HeadBench {
  private final Generator generator;
  private final String language;
  private final PrintStream out;

  HeadBench(Generator generator, String language, PrintStream out) {
    this.generator = generator;
    this.language = language;
    this.out = out;
  }

  /** What one question's passages got: of every head, and by ICR of all heads together. */
  private record Seen(PassageQuiz quiz, double[][] byHead, double[] all, double[] raw) {
    /** nDCG of every head. */
    double[] gains() {
      double[] gains = new double[byHead.length];
      for (int head = 0; head < gains.length; head++) {
        gains[head] = Ranks.gain(byHead[head], quiz.gold());
      }
      return gains;
    }

    /** Scores by some heads together. */
    double[] by(List<Integer> heads) {
      double[] sum = new double[quiz.passages().size()];
      for (int head : heads) {
        for (int passage = 0; passage < sum.length; passage++) {
          sum[passage] += byHead[head][passage];
        }
      }
      return sum;
    }
  }

  /**
   * Chooses on some questions, reports on others, and gives what is to be stored. Blocks.
   *
   * @param choosing questions that choose
   * @param reporting questions that judge
   * @param keep how many heads
   * @param dataset named in what is stored
   */
  DetectedHeads run(
      List<PassageQuiz> choosing, List<PassageQuiz> reporting, int keep, String dataset) {
    List<Seen> chosenOn = choosing.stream().map(this::look).toList();
    HeadRanking ranking = new HeadRanking(chosenOn.stream().map(Seen::gains).toList());
    List<Integer> best = ranking.best(keep);
    List<Double> stability = ranking.stability(keep);
    double[] means = ranking.means();
    int heads = generator.description().heads();
    out.printf(
        "%s: %d heads of %d, chosen on %d questions with %d passages%n",
        generator.description().name(),
        best.size(),
        means.length,
        choosing.size(),
        choosing.get(0).passages().size());
    out.println("| head (layer.head) | nDCG@10 where it was chosen | kept in resampled lists |");
    out.println("|---|---|---|");
    List<Head> found = new ArrayList<>();
    for (int place = 0; place < best.size(); place++) {
      int head = best.get(place);
      found.add(new Head(head / heads, head % heads, means[head]));
      out.printf(
          "| %d.%d | %.3f | %.2f |%n",
          head / heads, head % heads, means[head], stability.get(place));
    }
    report(reporting.stream().map(this::look).toList(), best);
    return new DetectedHeads(DetectedHeads.VERSION, dataset, choosing.size(), found);
  }

  private void report(List<Seen> seen, List<Integer> best) {
    out.println();
    out.printf("on %d other questions:%n", seen.size());
    out.println("| signal | nDCG@10 | gold first |");
    out.println("|---|---|---|");
    row("these heads", seen, each -> each.by(best));
    row("the best one alone", seen, each -> each.by(best.subList(0, 1)));
    row("all heads, calibrated (ICR)", seen, Seen::all);
    row("raw mass of the first answer token, watched layers", seen, Seen::raw);
    row("retrieval (cosine)", seen, each -> each.quiz().meaning());
    row("BM25", seen, each -> each.quiz().words());
    row("position alone, last first", seen, each -> positions(each, 1));
    row("position alone, first first", seen, each -> positions(each, -1));
  }

  private static double[] positions(Seen seen, int sign) {
    double[] positions = new double[seen.quiz().passages().size()];
    for (int place = 0; place < positions.length; place++) {
      positions[place] = sign * place;
    }
    return positions;
  }

  /** A list of scores of one question. */
  private interface Scores {
    double[] of(Seen seen);
  }

  private void row(String name, List<Seen> seen, Scores scores) {
    out.printf(
        "| %s | %s | %s |%n",
        name,
        mean(seen, each -> Ranks.gain(scores.of(each), each.quiz().gold())),
        mean(seen, each -> Ranks.first(scores.of(each)) == each.quiz().gold() ? 1 : 0));
  }

  private static Bootstrap mean(List<Seen> seen, ToDoubleFunction<Seen> measure) {
    return Bootstrap.of(seen.stream().mapToDouble(measure).toArray());
  }

  private Seen look(PassageQuiz quiz) {
    Prompt prompt =
        generator.prompt(
            new PromptWriter(language, AnswerStyle.SHORT)
                .messages(quiz.passages(), quiz.question()));
    // Only the question is looked at; which token would follow does not matter.
    WrittenAnswer written =
        new WrittenAnswer(quiz.question(), prompt.ids(), prompt.parts(), new int[] {0});
    PassageAttention attention = new PassageAttention(generator.description(), written);
    generator.read(attention.ofAnswer()).join();
    generator
        .read(attention.ofEmptyQuestion(PassageAttention.emptyQuestion(generator, written)))
        .join();
    int heads = generator.description().heads();
    int count = quiz.passages().size();
    double[][] byHead = new double[generator.description().layers() * heads][count];
    double[] all = new double[count];
    double[] raw = new double[count];
    for (int place = 0; place < count; place++) {
      long passage = quiz.passages().get(place).id();
      double[][] layers = attention.byHead(passage);
      for (int head = 0; head < byHead.length; head++) {
        byHead[head][place] = layers[head / heads][head % heads];
      }
      PassageAttention.Attended attended = attention.of(passage);
      all[place] = attended.calibrated();
      raw[place] = attended.mass();
    }
    return new Seen(quiz, byHead, all, raw);
  }
}
