package io.kvasir.generate;

import io.kvasir.core.Sampling;
import io.kvasir.numeric.FastExponential;
import io.kvasir.numeric.Greatest;
import io.kvasir.numeric.KthGreatest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the tokens of one sequence. Its randomness is its own: the same seed and the same logits
 * give the same tokens, whoever runs beside it. Order of the steps: repetition penalty, penalties
 * of presence and frequency, penalty on loops, temperature, top-k, top-p, min-p. Used by one
 * thread.
 */
final class Sampler {
  private final Sampling sampling;
  private final SplittableRandom random;
  private final BitSet seen = new BitSet();
  private final Map<Integer, Integer> chosen = new HashMap<>();
  private final @Nullable LoopPenalty loops;
  private float[] weights = {};
  private float[] penalised = {};

  /**
   * A sampler.
   *
   * @param sampling how to choose
   * @param prompt tokens that count as seen, and can be quoted
   */
  Sampler(Sampling sampling, int[] prompt) {
    this.sampling = sampling;
    this.random = new SplittableRandom(sampling.seed());
    Double penalty = sampling.loopPenalty();
    this.loops = penalty == null || penalty == 0 ? null : new LoopPenalty(penalty, prompt);
    if (penalises()) {
      for (int id : prompt) {
        seen.set(id);
      }
    }
  }

  /**
   * Chooses a token.
   *
   * @param logits float[vocabulary]; not changed
   */
  int choose(float[] logits) {
    float[] judged = penalises() ? penalise(logits) : logits;
    return sampling.temperature() == 0 ? greatest(judged) : draw(judged);
  }

  /** Takes note of a token, of these bytes, that the answer has from now on. */
  void took(int id, byte[] bytes) {
    if (penalises()) {
      seen.set(id);
      chosen.merge(id, 1, Integer::sum);
    }
    if (loops != null) {
      loops.add(id, bytes);
    }
  }

  private boolean penalises() {
    return sampling.repetitionPenalty() != 1
        || sampling.presencePenalty() != 0
        || sampling.frequencyPenalty() != 0
        || loops != null;
  }

  private float[] penalise(float[] logits) {
    if (penalised.length != logits.length) {
      penalised = new float[logits.length];
    }
    System.arraycopy(logits, 0, penalised, 0, logits.length);
    float penalty = (float) sampling.repetitionPenalty();
    for (int id = seen.nextSetBit(0); id >= 0 && id < logits.length; id = seen.nextSetBit(id + 1)) {
      float logit = logits[id];
      penalised[id] = logit > 0 ? logit / penalty : logit * penalty;
    }
    // As OpenAI defines them: what counts is what was chosen, not what the prompt says.
    chosen.forEach(
        (id, times) ->
            penalised[id] -=
                (float) (sampling.presencePenalty() + times * sampling.frequencyPenalty()));
    if (loops != null) {
      loops.apply(penalised);
    }
    return penalised;
  }

  private static int greatest(float[] logits) {
    float max = Greatest.of(logits, logits.length);
    for (int i = 0; i < logits.length; i++) {
      if (logits[i] == max) {
        return i;
      }
    }
    throw noNumbers();
  }

  private int draw(float[] logits) {
    if (sampling.topK() > 0) {
      return draw(greatestOnes(logits));
    }
    double total = weigh(logits);
    if (sampling.topP() == 1 && sampling.minP() == 0) {
      return walk(random.nextDouble() * total);
    }
    // All tokens below (1 - topP) / vocabulary together weigh less than 1 - topP: the nucleus has
    // none of them, and what must be sorted is short. The most probable token weighs 1, so min-p
    // is a bound as it stands.
    double floor = Math.max(sampling.minP(), (1 - sampling.topP()) / weights.length * total);
    Candidate[] sorted = above(floor);
    return draw(Arrays.copyOf(sorted, nucleus(sorted, sorted.length, total)));
  }

  private int draw(Candidate[] candidates) {
    double kept = 0;
    for (Candidate candidate : candidates) {
      kept += candidate.weight;
    }
    return walk(candidates, random.nextDouble() * kept);
  }

  /**
   * What may be drawn of the topK greatest. They are found by their logits, so that no other's
   * exponential is computed.
   */
  private Candidate[] greatestOnes(float[] logits) {
    float max = Greatest.of(logits, logits.length);
    int unordered = 0;
    for (float logit : logits) {
      unordered += Float.isNaN(logit) ? 1 : 0;
    }
    if (unordered > 0 || Float.isInfinite(max)) {
      throw noNumbers();
    }
    float least = KthGreatest.of(logits, sampling.topK());
    float scale = (float) (1 / sampling.temperature());
    List<Candidate> found = new ArrayList<>();
    for (int i = 0; i < logits.length; i++) {
      if (logits[i] >= least) {
        float weight = FastExponential.exp((logits[i] - max) * scale);
        if (weight > 0 && weight >= sampling.minP()) {
          found.add(new Candidate(i, weight));
        }
      }
    }
    Candidate[] sorted = found.toArray(Candidate[]::new);
    Arrays.sort(sorted);
    int count = Math.min(sorted.length, sampling.topK());
    double whole = 0;
    for (int i = 0; i < count; i++) {
      whole += sorted[i].weight;
    }
    return Arrays.copyOf(sorted, nucleus(sorted, count, whole));
  }

  /** Fills the weights, e^((logit - greatest) / temperature), and adds them up. */
  private double weigh(float[] logits) {
    if (weights.length != logits.length) {
      weights = new float[logits.length];
    }
    float max = Greatest.of(logits, logits.length);
    float scale = (float) (1 / sampling.temperature());
    double total = 0;
    for (int i = 0; i < logits.length; i++) {
      weights[i] = FastExponential.exp((logits[i] - max) * scale);
      total += weights[i];
    }
    // A logit that is no number or infinite means that the runtime computed nonsense.
    if (!(total >= 1) || Double.isInfinite(total)) {
      throw noNumbers();
    }
    return total;
  }

  private Candidate[] above(double floor) {
    Candidate[] candidates = new Candidate[64];
    int count = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] >= floor && weights[i] > 0) {
        if (count == candidates.length) {
          candidates = Arrays.copyOf(candidates, 2 * count);
        }
        candidates[count++] = new Candidate(i, weights[i]);
      }
    }
    candidates = Arrays.copyOf(candidates, count);
    Arrays.sort(candidates);
    return candidates;
  }

  /** How many of the first {@code count} candidates make up topP of the whole weight. */
  private int nucleus(Candidate[] sorted, int count, double whole) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += sorted[i].weight;
      if (sampling.topP() < 1 && sum >= sampling.topP() * whole) {
        return i + 1;
      }
    }
    return count;
  }

  private int walk(double point) {
    int last = 0;
    double left = point;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        last = i;
        left -= weights[i];
        if (left < 0) {
          return i;
        }
      }
    }
    return last;
  }

  private static int walk(Candidate[] candidates, double point) {
    double left = point;
    for (Candidate candidate : candidates) {
      left -= candidate.weight;
      if (left < 0) {
        return candidate.id;
      }
    }
    return candidates[candidates.length - 1].id;
  }

  private static IllegalStateException noNumbers() {
    return new IllegalStateException("the decoder's logits are not numbers");
  }

  /** A token and its unnormalised probability; the more probable comes first, then the lower id. */
  private record Candidate(int id, float weight) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      int byWeight = Float.compare(other.weight, weight);
      return byWeight != 0 ? byWeight : Integer.compare(id, other.id);
    }
  }
}
