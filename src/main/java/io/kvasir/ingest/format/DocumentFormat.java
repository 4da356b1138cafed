package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A sort of file that can be read: how it is told, and how it becomes a document. */
interface DocumentFormat {
  /** Its media type, which is stored with each document. */
  String mediaType();

  /** The extensions of its files, in lower case, without a full stop. */
  List<String> extensions();

  /**
   * Counts how often what it reads from the same bytes has changed; stored with each document, so
   * that those that an older one read can be read again.
   */
  int version();

  /** Whether its files begin in a way that no other text does; others then cannot begin so. */
  boolean isBinary();

  /** Whether a file begins as its files do; of a text format, only if that tells it for sure. */
  boolean begins(String latin);

  /**
   * Reads a file into a draft and finishes that.
   *
   * @throws ProblemException INVALID or TOO_LARGE with what is wrong with it
   */
  LoadedDocument load(Path file, DocumentDraft draft) throws IOException;
}
