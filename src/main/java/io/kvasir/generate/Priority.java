package io.kvasir.generate;

/** Who waits for an answer. */
public enum Priority {
  /** A person: their answers enter the batch first. */
  PERSON,
  /**
   * An experiment: its answers enter when no person waits, take half of the slots, and while a
   * person's answer is made, one of them goes on at a time.
   */
  EXPERIMENT
}
