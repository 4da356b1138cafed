package io.kvasir.memory;

import io.kvasir.core.Workspace;
import io.kvasir.generate.StoredRows;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;

/**
 * Where rows are kept, for the collections that somebody switched it on for. All calls return at
 * once; futures fail with UNAVAILABLE while the store is away, and with NOT_FOUND for a collection
 * that does not exist.
 */
public interface MemoryStore {
  /** What the store knows of a prompt's beginning. */
  sealed interface Answer {
    /** Nothing is kept of this collection. */
    record Off() implements Answer {}

    /** These rows are not there. */
    record Missing() implements Answer {}

    /**
     * They are there.
     *
     * @param entry in the store
     * @param parts that they consist of
     */
    record Found(long entry, int parts) implements Answer {}
  }

  /**
   * What is kept of a collection.
   *
   * @param kept whether anything is
   * @param entries beginnings of prompts
   * @param tokens of them
   * @param bytes that their rows take
   */
  record Status(boolean kept, int entries, long tokens, long bytes) {}

  /** Looks whether the rows of a prompt's beginning are there, and notes that they are used. */
  Future<Answer> find(Workspace workspace, String collection, RowsKey key);

  /**
   * Reads rows that were found; none if they are no longer what they were when they were written.
   * Then they are gone.
   */
  Future<Optional<StoredRows>> read(Answer.Found found, RowsKey key);

  /**
   * Writes the rows of a prompt's beginning, all of them or none, and drops what was not used for
   * the longest time until everything fits.
   *
   * @param documents whose passages are in it: with the first that is deleted it goes
   * @param most bytes that all rows of the workspace may take
   * @return whether they are kept: not if the collection no longer keeps any, or somebody was
   *     faster
   */
  Future<Boolean> write(
      Workspace workspace,
      String collection,
      RowsKey key,
      Set<Long> documents,
      StoredRows rows,
      long most);

  /** Switches keeping on. */
  Future<Status> keep(Workspace workspace, String collection);

  /** Switches keeping off, and forgets what was kept. */
  Future<Status> drop(Workspace workspace, String collection);

  /** What is kept now. */
  Future<Status> status(Workspace workspace, String collection);
}
