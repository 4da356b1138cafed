package io.kvasir.generate;

/** A running generation. */
public interface Generation {
  /** Ends it; its slot is free within one token. Idempotent, callable from any thread. */
  void cancel();
}
