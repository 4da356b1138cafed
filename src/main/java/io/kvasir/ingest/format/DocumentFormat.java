package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A sort of file that can be read: how it is told, and how it becomes a document. */
interface DocumentFormat {
  /**
   * What tells its files from others.
   *
   * @param mediaType stored with each document
   * @param extensions of its files, in lower case, without a full stop
   * @param version counts how often what it reads from the same bytes, or the words it is found by,
   *     has changed; stored with each document, so that those of an older one can be read again
   * @param mark near the beginning of its files, where no other file begins with it; empty for text
   */
  record FileType(String mediaType, List<String> extensions, int version, String mark) {
    /** Whether its files are told by their mark. */
    boolean isMarked() {
      return !mark.isEmpty();
    }
  }

  /** What tells its files from others. */
  FileType type();

  /** Whether a file begins as its files do; of text, only if that tells it for sure. */
  default boolean begins(String latin) {
    return type().isMarked() && latin.contains(type().mark());
  }

  /**
   * Reads a file into a draft and finishes that.
   *
   * @throws ProblemException INVALID or TOO_LARGE with what is wrong with it
   */
  LoadedDocument load(Path file, DocumentDraft draft) throws IOException;
}
