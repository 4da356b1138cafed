package io.kvasir.memory;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.util.List;

/**
 * The stored keys and values of one head as rows of a table, over which the attention of a question
 * is a statement. Calls return at once; futures fail with NOT_FOUND for a collection that does not
 * exist, CONFLICT if no passages of it are kept, TOO_LARGE if there are more keys than {@code
 * memory.laid-keys}, UNAVAILABLE while the store is away.
 */
public interface KeyTable {
  /**
   * Whose keys and values.
   *
   * @param decoder that computed them, as {@link RowsKey} has it
   * @param precision that they are kept in
   * @param layer of the decoder
   * @param kvHead of the layer
   * @param kvHeads that a layer has
   * @param size dimensions of a head
   */
  record Head(
      String decoder, AttentionPrecision precision, int layer, int kvHead, int kvHeads, int size) {}

  /**
   * The passages of a collection that have rows.
   *
   * @param collection in the store
   * @param passages how many
   * @param first the place of each one's first token in the prompt that it was read in
   * @param longest tokens of the longest
   * @param keys tokens of all
   */
  record Blocks(long collection, int passages, int first, int longest, long keys) {}

  /**
   * A key among all.
   *
   * @param passage that it is of
   * @param place among the passage's tokens, from 0
   * @param token its id
   * @param share of the attention, 0 to 1
   */
  record Key(long passage, int place, int token, double share) {}

  /**
   * A passage among all.
   *
   * @param id of the passage
   * @param document its name
   * @param heading above it
   * @param share of the attention to its keys together, 0 to 1
   */
  record Attended(long id, String document, String heading, double share) {}

  /**
   * What one query attends to.
   *
   * @param passages those with the greatest shares, best first
   * @param keys likewise
   * @param content the values, each times its key's share, added up: float[size]
   * @param copyMs copying the head's rows, if they were not there
   * @param scanMs the statement itself
   */
  record Answer(
      List<Attended> passages, List<Key> keys, float[] content, double copyMs, double scanMs) {
    public Answer {
      passages = List.copyOf(passages);
      keys = List.copyOf(keys);
    }
  }

  /** The statement that attention is, for people to read. */
  String statement();

  /** What there is to attend to. */
  Future<Blocks> blocks(Workspace workspace, String collection, Head head);

  /**
   * The attention of a query over every key of what was found: softmax over all of them.
   *
   * @param query rotated to its place and times the layer's scale: float[size]
   * @param most passages and keys that are told
   */
  Future<Answer> attend(Blocks blocks, Head head, float[] query, int most);
}
