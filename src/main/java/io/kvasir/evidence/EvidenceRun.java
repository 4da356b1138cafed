package io.kvasir.evidence;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathEvidence;
import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Workspace;
import io.kvasir.stream.EventLog;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One measurement while it runs, and what its readers are told. */
final class EvidenceRun {
  private final Workspace workspace;
  private final AnswerPath path;
  private final int masks;
  private final EvidenceMeasurement measurement;
  private final Runnable released;
  private final EventLog<EvidenceEvent> log = new EventLog<>();

  /**
   * A run that has not begun.
   *
   * @param workspace whose contrast it measures
   * @param answered every path of the contrast, from whose times this one's is estimated
   * @param released called when it is over
   */
  EvidenceRun(
      Workspace workspace,
      AnswerPath path,
      int masks,
      EvidenceMeasurement measurement,
      List<PathTrace> answered,
      Runnable released) {
    this.released = released;
    this.workspace = workspace;
    this.path = path;
    this.masks = masks;
    this.measurement = measurement;
    log.append(
        new EvidenceEvent.Started(
            path, measurement.readings(), measurement.tokens(), estimate(answered)));
  }

  /** Lets go what it measured with. */
  void release() {
    released.run();
  }

  /** Whose contrast it measures. */
  Workspace workspace() {
    return workspace;
  }

  /** From how fast the prompts were read, together, if enough was not in the cache to tell. */
  private @Nullable Double estimate(List<PathTrace> answered) {
    int all = 0;
    int read = 0;
    double longest = 0;
    for (PathTrace each : answered) {
      PathTrace.PromptTrace prompt = each.prompt();
      Double prefill = each.timings().prefillMs();
      if (prompt != null && prefill != null) {
        all += prompt.tokens();
        read += prompt.tokens() - prompt.cachedTokens();
        longest = Math.max(longest, prefill);
      }
    }
    return read == 0 || 2 * read < all ? null : measurement.tokens() * longest / read;
  }

  boolean sameAs(AnswerPath other, int otherMasks) {
    return path.equals(other) && masks == otherMasks;
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
      end(EvidenceEvent.Status.FAILED, problem.told());
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
