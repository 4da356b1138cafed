package io.kvasir.retrieve;

import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people changed of documents' passages by hand. It is kept with the document and put into
 * effect whenever that is read again, as far as the passage's own text is still in it.
 */
public interface Corrections {
  /**
   * A passage that says something else than its document, or is left out.
   *
   * @param id its own
   * @param passage the passage that says it; null if there is none
   * @param applied whether it is in effect; if not, its passage's text is not in the document
   * @param ordinal the passage's place among the document's passages
   * @param heading the headings above it
   * @param page the page it begins on
   * @param start where the passage's text begins in the document's
   * @param end where it ends
   * @param source the passage's text in the document
   * @param occurrence which of the passages with that text it is, from 0
   * @param key what was searched of the passage before
   * @param value what went into a prompt before
   * @param text what it says instead; null if it is left out
   * @param correctedAt when somebody did
   */
  record Correction(
      long id,
      @Nullable Long passage,
      boolean applied,
      int ordinal,
      String heading,
      @Nullable Integer page,
      int start,
      int end,
      String source,
      int occurrence,
      String key,
      String value,
      @Nullable String text,
      Instant correctedAt) {}

  /**
   * A passage's vector.
   *
   * @param encoder the encoder's name
   * @param embedding of unit length
   */
  record Encoded(String encoder, float[] embedding) {}

  /**
   * What is to be changed.
   *
   * @param passage its id
   * @param source its text in the document
   * @param occurrence which of the passages with that text it is, from 0
   * @param text what it is to say; null to leave it out
   * @param key what is searched of that; null to leave it out
   * @param vector of the key; null to leave it out
   */
  record NewCorrection(
      long passage,
      String source,
      int occurrence,
      @Nullable String text,
      @Nullable String key,
      @Nullable Encoded vector) {}

  /**
   * What becomes of a correction when its document is read again.
   *
   * @param correction as it is kept
   * @param passage the passage as the document has it now; null if it is not in it any more
   */
  record Placed(Correction correction, @Nullable NewPassage passage) {}

  /** Those of a document, in its order. */
  Future<List<Correction>> of(Workspace workspace, long document);

  /**
   * Changes a passage, in place of what it was changed to before. NOT_FOUND if the document is
   * gone, CONFLICT if the passage is, or if its collection is encoded otherwise by now.
   */
  Future<Correction> correct(Workspace workspace, long document, NewCorrection correction);

  /**
   * Undoes a correction: the passage is what it was without. NOT_FOUND if there is no such one,
   * CONFLICT if its collection is encoded otherwise by now.
   *
   * @param vector of the key that it had before
   */
  Future<Void> withdraw(Workspace workspace, long document, long correction, Encoded vector);
}
