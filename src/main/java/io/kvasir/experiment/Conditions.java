package io.kvasir.experiment;

/**
 * What is set that results depend on, in words that experiments are told apart by: results under
 * other conditions are another experiment's.
 */
public interface Conditions {
  /** Of the answers of the decoder of a name. */
  String answering(String decoder);

  /** Of rankings. */
  String searching();
}
