package io.kvasir.generate;

/** What happens to a generation, in this order. Exactly one of the last two ends it. */
public sealed interface GenerationEvent {
  /**
   * It waits for a slot.
   *
   * @param position how many wait before it, from 0
   */
  record Queued(int position) implements GenerationEvent {}

  /**
   * It reads its prompt.
   *
   * @param done tokens read so far, cached ones included
   * @param total tokens of the prompt
   * @param cached tokens that were in the cache already, stored ones included
   * @param stored tokens whose rows came from outside the cache
   */
  record Prefill(int done, int total, int cached, int stored) implements GenerationEvent {}

  /**
   * It produced a token.
   *
   * @param id in the vocabulary
   * @param text what it adds to the answer; empty while a character or a stop string is incomplete
   * @param logprob natural logarithm of its probability under the unmodified distribution
   * @param mass attention of the pass that produced it over the prompt's parts and, last, the
   *     answer so far; adds up to 1; empty if unwatched
   */
  record Token(int id, String text, double logprob, float[] mass) implements GenerationEvent {}

  /**
   * It ended.
   *
   * @param reason why
   * @param tail text that was held back and belongs to the answer
   * @param queueMs waiting for a slot
   * @param prefillMs reading the prompt
   */
  record Finished(FinishReason reason, String tail, double queueMs, double prefillMs)
      implements GenerationEvent {}

  /**
   * It failed.
   *
   * @param problem what happened
   */
  record Failed(io.kvasir.core.ProblemException problem) implements GenerationEvent {}

  /** Why a generation ended. The wire name is the lower case name. */
  enum FinishReason {
    /** The decoder ended its turn, or a stop string came. */
    STOP,
    /** The token limit, or the end of the context. */
    LENGTH,
    /** It began to repeat itself. */
    REPETITION,
    /** Somebody cancelled it. */
    CANCELLED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
