package io.kvasir.retrieve;

import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.util.List;

/**
 * The vectors of a collection's passages by the encoder that made them: one encoder answers
 * questions, while the passages may be encoded with another one that takes its place.
 */
public interface Encodings {
  /**
   * A collection's vectors of one encoder.
   *
   * @param id its own
   * @param collection the collection's
   * @param passages how many have a vector
   */
  record Encoding(long id, long collection, int passages) {}

  /** A passage without a vector: its id and what is searched of it. */
  record Unencoded(long passage, String key) {}

  /** A passage's vector, of unit length. */
  record PassageVector(long passage, float[] embedding) {}

  /**
   * Makes room for the vectors of an encoder, or goes on with what is there; what others than this
   * one and the collection's own made is dropped. NOT_FOUND if there is no such collection,
   * CONFLICT while a server runs that knows one encoder only.
   *
   * @param encoder its name
   * @param dimensions of its vectors
   */
  Future<Encoding> begin(Workspace workspace, String collection, String encoder, int dimensions);

  /** The next passages without a vector, by id, at most {@code limit}, behind {@code after}. */
  Future<List<Unencoded>> missing(Encoding encoding, long after, int limit);

  /**
   * Stores vectors, as far as their passages are still there. CONFLICT if somebody asked for
   * another encoder since.
   */
  Future<Void> add(Encoding encoding, List<PassageVector> vectors);

  /**
   * Has questions go to this encoder from now on and drops what the one before made; false if
   * passages came meanwhile that have no vector yet. CONFLICT if somebody asked for another encoder
   * since.
   */
  Future<Boolean> serve(Encoding encoding);
}
