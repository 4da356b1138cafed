package io.kvasir.contrast;

import io.kvasir.core.Workspace;
import io.kvasir.memory.KeyTable.Attended;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one head of a decoder attends to among all stored keys of a collection when it has read a
 * question and no passage: the same four steps as a search by embeddings, in the same database.
 */
public interface CollectionAttention {
  /**
   * What is asked.
   *
   * @param question what the decoder reads
   * @param word the token of the question whose query looks, from 0; null for its last word
   * @param model the decoder; null for the one that answers by default
   * @param layer of the head; null for the head that was detected to find passages best
   * @param head of the layer; null together with it
   * @param most passages and tokens that are told
   */
  record Asked(
      String question,
      @Nullable Integer word,
      @Nullable String model,
      @Nullable Integer layer,
      @Nullable Integer head,
      int most) {}

  /**
   * A token of a passage.
   *
   * @param text that it adds
   * @param passage that it is of
   * @param place among the passage's tokens, from 0
   * @param share of the attention, 0 to 1
   */
  record Token(String text, long passage, int place, double share) {}

  /**
   * What the head attended to.
   *
   * @param model the decoder's name
   * @param layer from 0
   * @param head of the layer, from 0
   * @param words the question's tokens
   * @param word whose query looked, from 0
   * @param position where it was put
   * @param keys that it looked over
   * @param ofPassages that these are of
   * @param passages with the greatest shares, best first
   * @param tokens likewise
   * @param contentLength the length of the values' weighted sum
   * @param readMs reading the question
   * @param copyMs laying the head's rows out, if they were not there
   * @param scanMs the statement
   * @param statement it was
   */
  record Found(
      String model,
      int layer,
      int head,
      List<String> words,
      int word,
      int position,
      long keys,
      int ofPassages,
      List<Attended> passages,
      List<Token> tokens,
      double contentLength,
      double readMs,
      double copyMs,
      double scanMs,
      String statement) {
    public Found {
      words = List.copyOf(words);
      passages = List.copyOf(passages);
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * Looks. Fails with NOT_FOUND for a collection or decoder that is not there, INVALID for a head
   * that the decoder or a word that the question does not have, CONFLICT if no passages are kept.
   */
  Future<Found> look(Workspace workspace, String collection, Asked asked);
}
