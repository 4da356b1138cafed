package io.kvasir.evidence;

import io.kvasir.contrast.EventLog;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathEvidence;
import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One measurement while it runs, and what its readers are told. */
final class EvidenceRun {
  private final AnswerPath path;
  private final int masks;
  private final EvidenceMeasurement measurement;
  private final EventLog<EvidenceEvent> log = new EventLog<>();

  /**
   * A run that has not begun.
   *
   * @param timings of the path, from which the time is estimated
   * @param prompt the path's prompt; null if it is unknown
   */
  EvidenceRun(
      AnswerPath path,
      int masks,
      EvidenceMeasurement measurement,
      PathTrace.Timings timings,
      PathTrace.@Nullable PromptTrace prompt) {
    this.path = path;
    this.masks = masks;
    this.measurement = measurement;
    log.append(
        new EvidenceEvent.Started(
            path, measurement.readings(), measurement.tokens(), estimate(timings, prompt)));
  }

  /** From how fast the prompt was read, if enough of it was not in the cache to tell. */
  private @Nullable Double estimate(
      PathTrace.Timings timings, PathTrace.@Nullable PromptTrace prompt) {
    Double prefill = timings.prefillMs();
    int read = prompt == null ? 0 : prompt.tokens() - prompt.cachedTokens();
    return prefill == null || prompt == null || 2 * read < prompt.tokens()
        ? null
        : measurement.tokens() * prefill / read;
  }

  boolean sameAs(AnswerPath other, int otherMasks) {
    return path == other && masks == otherMasks;
  }

  AnswerPath path() {
    return path;
  }

  EventLog<EvidenceEvent> log() {
    return log;
  }

  void cancel() {
    measurement.cancel();
  }

  /**
   * Measures. Blocks.
   *
   * @return null if it was cancelled or failed, of which the readers are told
   */
  @Nullable PathEvidence run() {
    long begin = System.nanoTime();
    int total = measurement.readings();
    try {
      return measurement.run(
          done -> {
            double elapsed = (System.nanoTime() - begin) / 1e6;
            log.append(
                new EvidenceEvent.Progress(done, total, elapsed, elapsed / done * (total - done)));
          });
    } catch (CancellationException cancelled) {
      end(EvidenceEvent.Status.CANCELLED, null);
    } catch (ProblemException problem) {
      end(EvidenceEvent.Status.FAILED, problem.getMessage());
    }
    return null;
  }

  /** Tells the readers that it is found and kept. */
  void found(PathEvidence evidence) {
    log.append(new EvidenceEvent.Found(path, evidence));
    end(EvidenceEvent.Status.COMPLETE, null);
  }

  void end(EvidenceEvent.Status status, @Nullable String problem) {
    log.append(new EvidenceEvent.Ended(status, problem));
    log.close();
  }
}
