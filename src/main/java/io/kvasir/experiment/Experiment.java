package io.kvasir.experiment;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as its watchers see it.
 *
 * @param id a UUID
 * @param createdAt when it was begun
 * @param state how far it is
 * @param message what went wrong or what it waits for; null if nothing
 * @param plan what is asked
 * @param done answers there are
 * @param total answers there will be
 * @param secondsLeft how long the rest takes at the pace of the last answers; null if nobody knows
 */
public record Experiment(
    String id,
    Instant createdAt,
    State state,
    @Nullable String message,
    ExperimentPlan plan,
    int done,
    int total,
    @Nullable Long secondsLeft) {
  /** How far an experiment is. The wire name is the lower case name. */
  public enum State {
    /** No server has begun it, or the one that had is gone. */
    WAITING,
    /** Its documents are stored, or its questions answered. */
    RUNNING,
    /** Every question is answered. */
    COMPLETE,
    /** Somebody stopped it; it can go on. */
    CANCELLED,
    /** It cannot go on as it is; the message says why. */
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
