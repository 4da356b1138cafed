package io.kvasir.gguf.family;

/**
 * What a family multiplies by beside its weights.
 *
 * @param embedding every token's row, where it enters the residual stream
 * @param residual what each attention and each feed-forward network adds to the stream
 * @param logits all of them
 */
public record Multipliers(double embedding, double residual, double logits) {
  /** Nothing, as in most families. */
  public static final Multipliers NONE = new Multipliers(1, 1, 1);
}
