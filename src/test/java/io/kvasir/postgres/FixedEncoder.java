package io.kvasir.postgres;

import io.kvasir.encode.Encoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An encoder that was told every answer, so that tests know what is near to what. */
final class FixedEncoder implements Encoder {
  private final Description description;
  private final Map<String, float[]> vectors = new HashMap<>();

  FixedEncoder(String name, int dimensions, String language) {
    description = new Description(name, dimensions, 256, List.of(language), 0.4);
  }

  /** Sets the embedding of a text to the direction of a vector, and gives the embedding. */
  float[] set(String text, float... vector) {
    double length = 0;
    for (float value : vector) {
      length += value * value;
    }
    float[] unit = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      unit[i] = (float) (vector[i] / Math.sqrt(length));
    }
    vectors.put(text, unit);
    return unit;
  }

  @Override
  public Description description() {
    return description;
  }

  @Override
  public int countTokens(String text) {
    return text.split(" ", -1).length;
  }

  @Override
  public CompletionStage<float[]> encodeQuestion(String question) {
    float[] first = new float[description.dimensions()];
    first[0] = 1;
    return CompletableFuture.completedFuture(vectors.getOrDefault(question, first));
  }

  @Override
  public CompletionStage<List<float[]>> encodePassages(List<String> texts) {
    return CompletableFuture.completedFuture(texts.stream().map(vectors::get).toList());
  }

  @Override
  public int vocabulary() {
    throw new AssertionError("retrieval knows no tokens");
  }

  @Override
  public CompletionStage<List<float[]>> encodeTokens(List<int[]> tokens) {
    throw new AssertionError("retrieval knows no tokens");
  }

  @Override
  public void close() {}
}
