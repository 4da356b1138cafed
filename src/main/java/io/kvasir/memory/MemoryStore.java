package io.kvasir.memory;

import io.kvasir.core.Passage;
import io.kvasir.core.Workspace;
import io.kvasir.generate.StoredRows;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
     * @param bytes of all of them
     */
    record Found(long entry, int parts, long bytes) implements Answer {}
  }

  /**
   * What is kept of a collection.
   *
   * @param kept whether anything is
   * @param entries beginnings of prompts and single passages
   * @param passages of them
   * @param tokens of them
   * @param bytes that their rows take
   */
  record Status(boolean kept, int entries, int passages, long tokens, long bytes) {}

  /**
   * What rows are of, and go with.
   *
   * @param documents with the first of them that is deleted they go
   * @param passage that they are of alone; null for the beginning of a prompt
   */
  record Source(Set<Long> documents, @Nullable Long passage) {
    public Source {
      documents = Set.copyOf(documents);
    }
  }

  /** Looks whether the rows of a prompt's beginning are there, and notes that they are used. */
  Future<Answer> find(Workspace workspace, String collection, RowsKey key);

  /**
   * Reads rows that were found; none if they are no longer what they were when they were written.
   * Then they are gone.
   */
  Future<Optional<StoredRows>> read(Answer.Found found, RowsKey key);

  /**
   * Writes rows, all of them or none. For those of a prompt's beginning what was not used for the
   * longest time is dropped until everything fits; those of a passage, which nobody asked for yet,
   * drop nothing: TOO_LARGE if they do not fit.
   *
   * @param source what they are of
   * @param most bytes that all rows of the workspace may take
   * @return whether they are kept: not if the collection no longer keeps any, somebody was faster,
   *     or the passage is gone
   */
  Future<Boolean> write(
      Workspace workspace,
      String collection,
      RowsKey key,
      Source source,
      StoredRows rows,
      long most);

  /** The next passages of a collection, by id, at most {@code limit}, behind {@code after}. */
  Future<List<Passage>> passages(Workspace workspace, String collection, long after, int limit);

  /** Switches keeping on. */
  Future<Status> keep(Workspace workspace, String collection);

  /** Switches keeping off, and forgets what was kept. */
  Future<Status> drop(Workspace workspace, String collection);

  /** What is kept now. */
  Future<Status> status(Workspace workspace, String collection);
}
