package io.kvasir.evidence;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Workspace;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import java.util.List;

/** The evidence of stored contrasts as its callers see it. */
public interface Evidence {
  /**
   * What tokens of an answer attended to.
   *
   * @param contrast its id
   * @return fails with NOT_FOUND, INVALID, TOO_LARGE, CONFLICT (other weights answered), BUSY or
   *     UNAVAILABLE (the decoder is not loaded)
   */
  Future<AttentionView> attention(Workspace workspace, String contrast, AttentionQuestion question);

  /**
   * What could have been written at every token of an answer.
   *
   * @param contrast its id
   * @return fails as {@link #attention} does
   */
  Future<NextTokens> nextTokens(Workspace workspace, String contrast, AnswerPath path);

  /**
   * The sentences of the passages that a prompt holds.
   *
   * @param contrast its id
   * @return fails as {@link #attention} does
   */
  Future<List<PromptSentence>> sentences(Workspace workspace, String contrast, AnswerPath path);

  /**
   * Asks again, greedily, with some stretches of a prompt's passages left out.
   *
   * @param contrast its id
   * @param left what is left out, of {@link #sentences}
   * @return fails as {@link #attention} does
   */
  Future<AnswerWithout> without(
      Workspace workspace, String contrast, AnswerPath path, List<AnswerWithout.Stretch> left);

  /**
   * Measures what passages were worth to an answer and stores it in the trace; whoever asks for the
   * same while it runs follows the same measurement.
   *
   * @param contrast its id
   * @param path one with passages
   * @param masks how many random choices of passages are read too
   * @return what happens; fails as {@link #attention} does, before anything runs
   */
  Future<EventLog<EvidenceEvent>> measure(
      Workspace workspace, String contrast, AnswerPath path, int masks);

  /** Stops the measurement of a contrast; nothing happens if there is none. */
  void cancel(Workspace workspace, String contrast);

  /** What finding evidence may take. */
  EvidenceLimits limits();
}
