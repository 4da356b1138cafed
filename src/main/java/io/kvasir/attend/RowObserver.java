package io.kvasir.attend;

/** Looks at what a reading attends to. Called on the inference thread, one layer after another. */
@FunctionalInterface
public interface RowObserver {
  /** Takes in some rows of one layer; they are valid until it returns. */
  void observe(ObservedRows rows);
}
