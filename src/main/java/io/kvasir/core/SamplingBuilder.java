package io.kvasir.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how tokens are chosen, one thing after the other; what is not said stays as it was. */
public final class SamplingBuilder {
  private double temperature;
  private double topP;
  private int topK;
  private double minP;
  private double repetitionPenalty;
  private double presencePenalty;
  private double frequencyPenalty;
  private @Nullable Double loopPenalty;
  private long seed;
  private int maxTokens;
  private List<String> stop;

  SamplingBuilder(Sampling from) {
    this.temperature = from.temperature();
    this.topP = from.topP();
    this.topK = from.topK();
    this.minP = from.minP();
    this.repetitionPenalty = from.repetitionPenalty();
    this.presencePenalty = from.presencePenalty();
    this.frequencyPenalty = from.frequencyPenalty();
    this.loopPenalty = from.loopPenalty();
    this.seed = from.seed();
    this.maxTokens = from.maxTokens();
    this.stop = from.stop();
  }

  /** Sets {@link Sampling#temperature}. */
  public SamplingBuilder temperature(double value) {
    temperature = value;
    return this;
  }

  /** Sets {@link Sampling#topP}. */
  public SamplingBuilder topP(double value) {
    topP = value;
    return this;
  }

  /** Sets {@link Sampling#topK}. */
  public SamplingBuilder topK(int value) {
    topK = value;
    return this;
  }

  /** Sets {@link Sampling#minP}. */
  public SamplingBuilder minP(double value) {
    minP = value;
    return this;
  }

  /** Sets {@link Sampling#repetitionPenalty}. */
  public SamplingBuilder repetitionPenalty(double value) {
    repetitionPenalty = value;
    return this;
  }

  /** Sets {@link Sampling#presencePenalty}. */
  public SamplingBuilder presencePenalty(double value) {
    presencePenalty = value;
    return this;
  }

  /** Sets {@link Sampling#frequencyPenalty}. */
  public SamplingBuilder frequencyPenalty(double value) {
    frequencyPenalty = value;
    return this;
  }

  /** Sets {@link Sampling#loopPenalty}. */
  public SamplingBuilder loopPenalty(@Nullable Double value) {
    loopPenalty = value;
    return this;
  }

  /** Sets {@link Sampling#seed}. */
  public SamplingBuilder seed(long value) {
    seed = value;
    return this;
  }

  /** Sets {@link Sampling#maxTokens}. */
  public SamplingBuilder maxTokens(int value) {
    maxTokens = value;
    return this;
  }

  /** Sets {@link Sampling#stop}. */
  public SamplingBuilder stop(List<String> value) {
    stop = value;
    return this;
  }

  /**
   * What was said.
   *
   * @throws ProblemException INVALID, naming the field and what it can be
   */
  public Sampling build() {
    return new Sampling(
        temperature,
        topP,
        topK,
        minP,
        repetitionPenalty,
        presencePenalty,
        frequencyPenalty,
        loopPenalty,
        seed,
        maxTokens,
        stop);
  }
}
