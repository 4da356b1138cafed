package io.kvasir.evidence;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Workspace;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;

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
