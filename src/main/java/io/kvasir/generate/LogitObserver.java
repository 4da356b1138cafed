package io.kvasir.generate;

/** Sees the logits of every place at which a reading looks for a token. */
@FunctionalInterface
public interface LogitObserver {
  /**
   * Called on the inference thread, in order; a place can come again when its reading had to give
   * its slot away.
   *
   * @param place in what is expected
   * @param logits float[vocabulary]; neither changed nor kept
   */
  void observe(int place, float[] logits);
}
