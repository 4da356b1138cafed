package io.kvasir.evidence;

import io.kvasir.core.PathEvidence;
import io.kvasir.core.PathEvidence.Origins;
import io.kvasir.core.PathEvidence.PassageEvidence;
import io.kvasir.core.PathEvidence.TokenEvidence;
import io.kvasir.core.ProblemException;
import io.kvasir.core.TokenOrigin;
import io.kvasir.generate.Generator;
import io.kvasir.generate.ReadingRequest;
import io.kvasir.numeric.Lasso;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Measures what passages were worth to an answer: reads it with all of them, looking at every head;
 * asks the same prompt a question without content; then reads the answer with passages left out.
 * Runs on one thread, which waits for the decoder; {@link #cancel} can be called from any.
 */
public final class EvidenceMeasurement {
  /** Two readings are of the whole prompt: the answer's, and the one of the empty question. */
  private static final int WHOLE = 2;

  private static final long SEED = 20_261_125;

  private final Generator generator;
  private final WrittenAnswer written;
  private final List<Long> passages;
  private final int[] empty;
  private final List<boolean[]> oneOut;
  private final List<boolean[]> masks;
  private volatile boolean cancelled;
  private volatile @Nullable CompletableFuture<double[]> reading;
  private int done;

  /**
   * A measurement that has not begun.
   *
   * @param generator the decoder that wrote the answer
   * @param written what is measured
   * @param masks how many random choices of passages are read too; 0 for none
   */
  public EvidenceMeasurement(Generator generator, WrittenAnswer written, int masks) {
    this.generator = generator;
    this.written = written;
    this.passages = written.passages();
    this.empty = PassageAttention.emptyQuestion(generator, written);
    this.oneOut = ReadingPlan.leaveOneOut(passages.size()).choices();
    this.masks = ReadingPlan.random(passages.size(), masks, SEED).choices();
  }

  /** How many readings it takes. */
  public int readings() {
    return WHOLE + oneOut.size() + masks.size();
  }

  /** How many tokens these readings read, if nothing else disturbs the cache. */
  public long tokens() {
    List<int[]> prompts = new ArrayList<>(List.of(written.prompt(), empty));
    for (List<boolean[]> some : List.of(oneOut, masks)) {
      some.forEach(kept -> prompts.add(written.without(ReadingPlan.left(passages, kept))));
    }
    return ReadingPlan.tokens(prompts, written.answer().length);
  }

  /** Ends it: {@link #run} fails. */
  public void cancel() {
    cancelled = true;
    CompletableFuture<double[]> running = reading;
    if (running != null) {
      running.cancel(true);
    }
  }

  /**
   * Does all readings. Blocks.
   *
   * @param progress told after each reading how many are done
   * @throws CancellationException if it was cancelled
   * @throws ProblemException if the decoder fails or is too busy
   */
  public PathEvidence run(IntConsumer progress) {
    long begin = System.nanoTime();
    PassageAttention attention = new PassageAttention(generator.description(), written);
    double[] logprobs = read(attention.ofAnswer(), progress);
    read(attention.ofEmptyQuestion(empty), progress);
    List<double[]> left = readAll(oneOut, progress);
    List<double[]> random = readAll(masks, progress);
    double[] without = left.get(left.size() - 1);
    List<TokenEvidence> tokens = new ArrayList<>();
    for (int i = 0; i < without.length; i++) {
      double with = logprobs[i];
      tokens.add(new TokenEvidence(with, without[i], TokenOrigin.of(with, without[i])));
    }
    double[] attributions = attributions(random);
    List<PassageEvidence> found = new ArrayList<>();
    for (int i = 0; i < passages.size(); i++) {
      // They were left out from the last to the first.
      double[] missing = left.get(passages.size() - 1 - i);
      found.add(passage(i, logprobs, missing, attributions, attention.of(passages.get(i))));
    }
    return new PathEvidence(
        PathEvidence.VERSION,
        Instant.now(),
        (System.nanoTime() - begin) / 1e6,
        masks.size(),
        Arrays.stream(logprobs).sum(),
        Arrays.stream(without).sum(),
        tokens,
        origins(tokens),
        found);
  }

  private PassageEvidence passage(
      int place,
      double[] with,
      double[] without,
      double @Nullable [] attributions,
      PassageAttention.Attended attended) {
    List<Double> deltas = new ArrayList<>();
    for (int i = 0; i < with.length; i++) {
      deltas.add(with[i] - without[i]);
    }
    return new PassageEvidence(
        passages.get(place),
        place + 1,
        deltas.stream().mapToDouble(Double::doubleValue).sum(),
        deltas,
        attributions == null ? null : attributions[place],
        attended.mass(),
        attended.share(),
        attended.lift(),
        attended.calibrated(),
        attended.bestHeads());
  }

  private static Origins origins(List<TokenEvidence> tokens) {
    var counts =
        tokens.stream()
            .collect(Collectors.groupingBy(TokenEvidence::origin, Collectors.counting()));
    return new Origins(
        counts.getOrDefault(TokenOrigin.DOCUMENTS, 0L).intValue(),
        counts.getOrDefault(TokenOrigin.KNOWN, 0L).intValue(),
        counts.getOrDefault(TokenOrigin.NEITHER, 0L).intValue());
  }

  private List<double[]> readAll(List<boolean[]> choices, IntConsumer progress) {
    List<double[]> read = new ArrayList<>();
    for (boolean[] kept : choices) {
      int[] prompt = written.without(ReadingPlan.left(passages, kept));
      read.add(read(ReadingRequest.answer(prompt, written.answer(), null), progress));
    }
    return read;
  }

  private double @Nullable [] attributions(List<double[]> random) {
    if (random.isEmpty()) {
      return null;
    }
    double[] logprobs =
        random.stream().mapToDouble(tokens -> Arrays.stream(tokens).sum()).toArray();
    return Lasso.attributions(masks.toArray(boolean[][]::new), logprobs, written.answer().length);
  }

  private double[] read(ReadingRequest request, IntConsumer progress) {
    CompletableFuture<double[]> future = generator.read(request);
    reading = future;
    if (cancelled) {
      future.cancel(true);
    }
    try {
      double[] logprobs = future.join();
      progress.accept(++done);
      return logprobs;
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw e;
    }
  }
}
