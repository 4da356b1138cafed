package io.kvasir.ingest;

import io.kvasir.core.ValueKind;
import org.jspecify.annotations.Nullable;

/**
 * What a job is to do, apart from the names of its files.
 *
 * @param work with them
 * @param language of a new collection; null to detect it
 * @param encoder what passages are encoded with; null for the collection's, or for that of a new
 *     collection's language
 * @param values of a new collection; null for the passages as they stand
 */
public record Task(
    Work work, @Nullable String language, @Nullable String encoder, @Nullable ValueKind values) {
  /** What happens to files. */
  public enum Work {
    /** They were given and are read. */
    READ,
    /** They are kept and read again, each in place of the same document alone. */
    READ_AGAIN,
    /** There are none: the passages that the collection has are encoded with another encoder. */
    ENCODE,
    /** There are none: a decoder reads the passages, and their keys and values are kept. */
    REMEMBER
  }

  /** Reads files that were given. */
  public static Task read(
      @Nullable String language, @Nullable String encoder, @Nullable ValueKind values) {
    return new Task(Work.READ, language, encoder, values);
  }

  /** Reads files that are kept. */
  public static Task readAgain() {
    return new Task(Work.READ_AGAIN, null, null, null);
  }

  /** Encodes with that encoder. */
  public static Task encode(String encoder) {
    return new Task(Work.ENCODE, null, encoder, null);
  }

  /** Reads passages with a decoder; the job's one file is called like it. */
  public static Task remember() {
    return new Task(Work.REMEMBER, null, null, null);
  }
}
