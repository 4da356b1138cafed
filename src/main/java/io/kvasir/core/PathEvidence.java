package io.kvasir.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a path's passages were worth to its answer, found by reading the answer again without them.
 *
 * @param version of this format; {@link #VERSION}
 * @param computedAt when
 * @param ms how long it took
 * @param masks how many random choices of passages were read for the attributions
 * @param logprob ln P(answer | everything), teacher-forced: the sum over its tokens
 * @param withoutDocuments ln P(answer | no passage)
 * @param tokens the answer's tokens
 * @param origins how many tokens have each origin
 * @param passages those in the prompt, in its order
 */
public record PathEvidence(
    int version,
    Instant computedAt,
    double ms,
    int masks,
    double logprob,
    double withoutDocuments,
    List<TokenEvidence> tokens,
    Origins origins,
    List<PassageEvidence> passages) {
  /** The version this code writes. */
  public static final int VERSION = 1;

  /**
   * One token of the answer.
   *
   * @param logprob with all passages
   * @param without any passage
   * @param origin where it comes from
   */
  public record TokenEvidence(double logprob, double without, TokenOrigin origin) {}

  /**
   * How many tokens come from where.
   *
   * @param documents from the documents
   * @param known anyway
   * @param neither of them
   */
  public record Origins(int documents, int known, int neither) {}

  /**
   * One passage.
   *
   * @param id as in the path's passages
   * @param position its place among the passages of the prompt, from 1
   * @param delta ln P(answer | everything) - ln P(answer | without this passage); above 0: it
   *     mattered
   * @param tokenDeltas the same of each token; adds up to delta
   * @param attribution its weight by ContextCite (2409.00729); null if no masks were read
   * @param mass share of the answer's attention, over the watched layers
   * @param share the same among the passages alone, without the sink
   * @param lift mass over the passage's share of the prompt's tokens
   * @param calibrated the question's attention less that of a question without content (2410.02642)
   * @param bestHeads the same by the heads that were detected; null if none were
   */
  public record PassageEvidence(
      long id,
      int position,
      double delta,
      List<Double> tokenDeltas,
      @Nullable Double attribution,
      double mass,
      double share,
      double lift,
      double calibrated,
      @Nullable Double bestHeads) {}
}
