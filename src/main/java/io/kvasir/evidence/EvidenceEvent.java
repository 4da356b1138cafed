package io.kvasir.evidence;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathEvidence;
import org.jspecify.annotations.Nullable;

/** What happens while evidence is measured. On the wire each is named by its {@link #type()}. */
public sealed interface EvidenceEvent {
  /** The wire name. */
  String type();

  /**
   * It began.
   *
   * @param path which path
   * @param readings how many readings it takes
   * @param tokens how many tokens they read
   * @param estimateMs how long that takes at the speed at which the prompt was read; null if that
   *     is unknown
   */
  record Started(AnswerPath path, int readings, long tokens, @Nullable Double estimateMs)
      implements EvidenceEvent {
    @Override
    public String type() {
      return "started";
    }
  }

  /**
   * A reading is done.
   *
   * @param done how many are
   * @param total how many it takes
   * @param elapsedMs since it began
   * @param remainingMs at the speed so far
   */
  record Progress(int done, int total, double elapsedMs, double remainingMs)
      implements EvidenceEvent {
    @Override
    public String type() {
      return "progress";
    }
  }

  /**
   * It is found and stored in the trace.
   *
   * @param path which path
   * @param evidence what was found
   */
  record Found(AnswerPath path, PathEvidence evidence) implements EvidenceEvent {
    @Override
    public String type() {
      return "evidence";
    }
  }

  /**
   * Nothing follows.
   *
   * @param status how it ended
   * @param problem what went wrong; null if nothing did
   */
  record Ended(Status status, @Nullable String problem) implements EvidenceEvent {
    @Override
    public String type() {
      return "ended";
    }
  }

  /** How a measurement ended. The wire name is the lower case name. */
  enum Status {
    /** The evidence is in the trace. */
    COMPLETE,
    /** Somebody stopped it; nothing of it is kept. */
    CANCELLED,
    /** Something went wrong; nothing of it is kept. */
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
