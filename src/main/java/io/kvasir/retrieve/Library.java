package io.kvasir.retrieve;

import io.kvasir.core.Document;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.core.Passage;
import io.kvasir.core.Scope;
import io.kvasir.core.ValueKind;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Corrections.Correction;
import io.kvasir.retrieve.Corrections.Placed;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The collections, their documents and passages. */
public interface Library {
  /**
   * A document with its text and passages, for the source view.
   *
   * @param document which one
   * @param text its extracted text; passages point into it
   * @param passages in order
   * @param corrections what of them was changed by hand
   */
  record DocumentText(
      Document document, String text, List<Passage> passages, List<Correction> corrections) {}

  /**
   * Part of a document that a scope can name.
   *
   * @param document the document's name
   * @param heading the top-level heading
   * @param passages how many passages lie under it
   */
  record Section(String document, String heading, int passages) {}

  /**
   * A collection that is to be made.
   *
   * @param title what people call it; null for its name
   * @param dimensions of the encoder's vectors
   * @param values what of its passages goes into a prompt
   */
  record NewCollection(
      String name,
      @Nullable String title,
      String language,
      String encoder,
      int dimensions,
      ValueKind values) {
    /** One that people call by its name. */
    public NewCollection(
        String name, String language, String encoder, int dimensions, ValueKind values) {
      this(name, null, language, encoder, dimensions, values);
    }

    /** One whose passages go into a prompt as they stand. */
    public NewCollection(String name, String language, String encoder, int dimensions) {
      this(name, language, encoder, dimensions, ValueKind.RAW);
    }
  }

  /** A passage that the store has given no id yet, with its embedding. */
  record NewPassage(
      int ordinal,
      String heading,
      @Nullable Integer page,
      int start,
      int end,
      String key,
      String value,
      float[] embedding) {
    /** The same place with other words. */
    public NewPassage saying(String otherKey, String otherValue, float[] otherEmbedding) {
      return new NewPassage(
          ordinal, heading, page, start, end, otherKey, otherValue, otherEmbedding);
    }
  }

  /**
   * A document that the store has given no id yet.
   *
   * @param reader the version of what read it, within its media type; 0 if none did
   * @param original the file it was read from; null if there is none
   * @param again whether it replaces the same file's document alone, read by an older reader
   * @param encoder what encoded its passages; null for the collection's, whichever that is
   * @param corrections every correction that is kept of it, and where it belongs now
   */
  record NewDocument(
      String name,
      String title,
      String mediaType,
      @Nullable Integer pages,
      String text,
      int reader,
      @Nullable Original original,
      boolean again,
      @Nullable String encoder,
      List<Placed> corrections) {
    public NewDocument {
      corrections = List.copyOf(corrections);
    }

    /** A document of which nothing was corrected. */
    public NewDocument(
        String name,
        String title,
        String mediaType,
        @Nullable Integer pages,
        String text,
        int reader,
        @Nullable Original original,
        boolean again,
        @Nullable String encoder) {
      this(name, title, mediaType, pages, text, reader, original, again, encoder, List.of());
    }

    /** A document without a file. */
    public NewDocument(
        String name, String title, String mediaType, @Nullable Integer pages, String text) {
      this(name, title, mediaType, pages, text, 0, null, false, null);
    }
  }

  /**
   * A document's file as it was given.
   *
   * @param sha256 of its bytes, in hexadecimal
   * @param bytes how many there are
   * @param content a readable local file with them
   */
  record Original(String sha256, long bytes, Path content) {}

  /**
   * A file that is kept.
   *
   * @param name of its document
   * @param mediaType what sort of file it is
   * @param sha256 of its bytes, in hexadecimal; its pieces are asked for by it
   * @param bytes how many there are
   */
  record KeptOriginal(String name, String mediaType, String sha256, long bytes) {}

  /** All collections, by name. */
  Future<List<DocumentCollection>> collections(Workspace workspace);

  /** The collection of that name; fails with NOT_FOUND naming the nearest. */
  Future<DocumentCollection> collection(Workspace workspace, String name);

  /** Creates an empty collection; CONFLICT if there is one of that name. */
  Future<DocumentCollection> create(Workspace workspace, NewCollection collection);

  /** Sets what people call a collection; null for its name. */
  Future<Void> setTitle(Workspace workspace, String name, @Nullable String title);

  /** Sets the questions a collection offers. */
  Future<Void> setExamples(Workspace workspace, String name, List<ExampleQuestion> examples);

  /** Deletes a collection with everything in it. */
  Future<Void> delete(Workspace workspace, String name);

  /** The documents of a collection, by name. */
  Future<List<Document>> documents(Workspace workspace, String collection);

  /** The sections of a collection, in order, for choosing a scope. */
  Future<List<Section>> sections(Workspace workspace, String collection);

  /** A document with text and passages; NOT_FOUND if it is gone. */
  Future<DocumentText> document(Workspace workspace, long id);

  /** The file a document was read from; NOT_FOUND if it is gone or not kept. */
  Future<KeptOriginal> original(Workspace workspace, long document);

  /** A piece of a kept file, in order from 0; of no length behind the last, or if it is gone. */
  Future<byte[]> originalPiece(Workspace workspace, String sha256, int piece);

  /** What was corrected of a document by hand; nothing if there is no such document. */
  Future<List<Correction>> corrections(Workspace workspace, String collection, String document);

  /** Deletes a document with its passages. */
  Future<Void> deleteDocument(Workspace workspace, long id);

  /** The passages of a scope in document order, at most {@code limit}. */
  Future<List<Passage>> passages(Workspace workspace, String collection, Scope scope, int limit);

  /** How many passages a scope has. */
  Future<Integer> countPassages(Workspace workspace, String collection, Scope scope);

  /**
   * Stores a document with its passages in one transaction, in place of one of the same name.
   * CONFLICT if it is read again and that one is of another file by now, or if its passages were
   * encoded otherwise than the collection's, or if other corrections of it are kept by now.
   */
  Future<Document> put(
      Workspace workspace, String collection, NewDocument document, List<NewPassage> passages);
}
