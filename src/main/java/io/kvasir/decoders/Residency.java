package io.kvasir.decoders;

import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators.State;
import org.jspecify.annotations.Nullable;

/**
 * How near one decoder is to answering.
 *
 * @param state the step
 * @param progress of the step, 0 to 1; null if none runs
 * @param message what went wrong; null if nothing
 * @param deployment its verticle; null if it is not loaded
 * @param generator the decoder; null if it is not loaded
 */
record Residency(
    State state,
    @Nullable Double progress,
    @Nullable String message,
    @Nullable String deployment,
    @Nullable Generator generator) {

  static Residency of(State state) {
    return new Residency(state, null, null, null, null);
  }

  static Residency step(State state, double progress) {
    return new Residency(state, progress, null, null, null);
  }

  static Residency failed(String message) {
    return new Residency(State.FAILED, null, message, null, null);
  }

  static Residency loaded(String deployment, Generator generator) {
    return new Residency(State.LOADED, null, null, deployment, generator);
  }

  /** Whether only the disk says what it is. */
  boolean restsOnDisk() {
    return state == State.AVAILABLE || state == State.INSTALLED;
  }

  /** Whether a step runs that another one must not join. */
  boolean busy() {
    return state == State.LOADING || state == State.PULLING;
  }
}
