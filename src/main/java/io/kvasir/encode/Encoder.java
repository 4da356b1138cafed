package io.kvasir.encode;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Turns texts into unit vectors whose inner product says how near they are in meaning. */
public interface Encoder extends AutoCloseable {
  /**
   * What an encoder is.
   *
   * @param name stored with every collection that it encoded
   * @param dimensions of an embedding
   * @param maxTokens the most tokens of a text it reads
   * @param languages BCP 47 codes it was trained for
   * @param relevantCosine the least cosine of a question and what it is about; what has less is
   *     about something else
   */
  record Description(
      String name, int dimensions, int maxTokens, List<String> languages, double relevantCosine) {
    /**
     * Whether it was trained for a language.
     *
     * @param language BCP 47; only the part before the first hyphen counts
     */
    public boolean speaks(String language) {
      return languages.contains(language.split("-", 2)[0]);
    }
  }

  /** What this encoder is. */
  Description description();

  /** The number of tokens of a text, without the encoder's own marks. Callable from any thread. */
  int countTokens(String text);

  /** The embedding of a question: float[dimensions], unit length. Goes before waiting passages. */
  CompletionStage<float[]> encodeQuestion(String question);

  /** The embeddings of passages, in order: each float[dimensions], unit length. */
  CompletionStage<List<float[]>> encodePassages(List<String> texts);

  /** How many tokens the encoder knows; their ids are below. */
  int vocabulary();

  /**
   * The embeddings of passages of which the tokens are known, in order.
   *
   * @param tokens ids of the vocabulary, without the encoder's own marks
   */
  CompletionStage<List<float[]>> encodeTokens(List<int[]> tokens);

  @Override
  void close();
}
