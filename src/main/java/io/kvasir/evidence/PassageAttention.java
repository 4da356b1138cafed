package io.kvasir.evidence;

import io.kvasir.attend.Calibration;
import io.kvasir.attend.HeadMasses;
import io.kvasir.attend.HeadProbe;
import io.kvasir.attend.HeadRow;
import io.kvasir.attend.Heads;
import io.kvasir.attend.PositionMasses;
import io.kvasir.generate.Generator;
import io.kvasir.generate.ReadingRequest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the passages of a prompt were attended to: by the answer, by the question, and by a question
 * without content. Two readings collect it.
 */
public final class PassageAttention {
  /** The question without content. */
  private static final String EMPTY_QUESTION = "N/A";

  /**
   * What one passage got.
   *
   * @param mass of the answer's attention, over the watched layers
   * @param share of that among the passages alone
   * @param lift mass over the share of the prompt's tokens
   * @param calibrated the question's attention less the empty question's, over all heads
   * @param bestHeads the same over the detected heads; null if there are none
   */
  public record Attended(
      double mass, double share, double lift, double calibrated, @Nullable Double bestHeads) {}

  private final Generator.Description decoder;
  private final WrittenAnswer written;
  private final Heads all;
  private final Heads watched;
  private final Heads best;
  private final int begin;
  private final HeadMasses answer;
  private final HeadMasses question;
  private final PositionMasses questionPositions;
  private @Nullable HeadMasses empty;
  private @Nullable PositionMasses emptyPositions;

  /** An attention that nothing is collected of yet. */
  public PassageAttention(Generator.Description decoder, WrittenAnswer written) {
    this.decoder = decoder;
    this.written = written;
    this.all =
        Heads.ofLayers(decoder.heads(), IntStream.range(0, decoder.layers()).boxed().toList());
    this.watched = Heads.ofLayers(decoder.heads(), decoder.watchedLayers());
    this.best = Heads.of(decoder.heads(), decoder.bestHeads());
    this.begin = written.questionBegin();
    int end = written.prompt().length;
    this.answer = masses(end - 1, written.answer().length);
    this.question = masses(begin, end - begin);
    this.questionPositions = new PositionMasses(all, begin, end - begin);
  }

  /**
   * The prompt of a written answer with the question that has no content in its question's place.
   */
  public static int[] emptyQuestion(Generator generator, WrittenAnswer written) {
    String words = String.join("", generator.pieces(written.questionTokens()));
    int at = words.lastIndexOf(written.question());
    String before = at < 0 ? "" : words.substring(0, at);
    String behind = at < 0 ? "" : words.substring(at + written.question().length());
    return written.asking(generator.tokens(before + EMPTY_QUESTION + behind));
  }

  /** The reading of prompt and answer, looked at from the first token behind the passages. */
  public ReadingRequest ofAnswer() {
    return ReadingRequest.answer(
        written.prompt(),
        written.answer(),
        written.prompt().length - begin + written.answer().length - 1,
        probe(List.of(answer, question, questionPositions)));
  }

  /**
   * The reading of the same passages with a question that has no content.
   *
   * @param prompt with that question, up to where the answer would begin
   */
  public ReadingRequest ofEmptyQuestion(int[] prompt) {
    int rows = prompt.length - begin;
    HeadMasses masses = masses(begin, rows);
    PositionMasses positions = new PositionMasses(all, begin, rows);
    empty = masses;
    emptyPositions = positions;
    return new ReadingRequest(prompt, new int[0], rows, probe(List.of(masses, positions)));
  }

  private HeadMasses masses(int first, int rows) {
    boolean[] every = new boolean[rows];
    Arrays.fill(every, true);
    return new HeadMasses(decoder.layers(), decoder.heads(), written.passageParts(), first, every);
  }

  private HeadProbe probe(List<? extends Consumer<HeadRow>> collectors) {
    return new HeadProbe(decoder.geometry(), written.partLengths(), collectors);
  }

  /** What a passage got; only once both readings are done. */
  public Attended of(long passage) {
    double[] asked = questionPositions.mean(begin);
    double[] unasked = read(emptyPositions).mean(begin);
    double calibrated = 0;
    int tokens = 0;
    for (int part = 0; part < written.parts().size(); part++) {
      if (shows(part, passage)) {
        int from = written.begin(part);
        int length = written.parts().get(part).tokens();
        calibrated += Calibration.score(asked, unasked, from, from + length);
        tokens += length;
      }
    }
    double mass = sum(answer.mass(watched), passage);
    return new Attended(
        mass,
        sum(answer.share(watched), passage),
        mass / ((double) tokens / written.prompt().length),
        calibrated,
        best.count() == 0 ? null : byBestHeads(passage));
  }

  /**
   * How much more the question attended to a passage than the empty question did, over the detected
   * heads; 0 if there are none. Only once both readings are done.
   */
  public double byBestHeads(long passage) {
    return best.count() == 0
        ? 0
        : sum(question.mass(best), passage) - sum(read(empty).mass(best), passage);
  }

  /**
   * For every head what {@link Attended#calibrated} is over all of them, but without leaving out
   * single tokens: double[layers][heads].
   */
  public double[][] byHead(long passage) {
    HeadMasses nothing = read(empty);
    double[][] calibrated = new double[decoder.layers()][decoder.heads()];
    for (int layer = 0; layer < decoder.layers(); layer++) {
      for (int head = 0; head < decoder.heads(); head++) {
        calibrated[layer][head] =
            sum(question.mass(layer, head), passage) - sum(nothing.mass(layer, head), passage);
      }
    }
    return calibrated;
  }

  private static <T> T read(@Nullable T collected) {
    if (collected == null) {
      throw new IllegalStateException("the empty question was not read");
    }
    return collected;
  }

  private double sum(double[] parts, long passage) {
    double sum = 0;
    for (int part = 0; part < written.parts().size(); part++) {
      sum += shows(part, passage) ? parts[part] : 0;
    }
    return sum;
  }

  private boolean shows(int part, long passage) {
    Long shown = written.parts().get(part).passageId();
    return shown != null && shown == passage;
  }
}
