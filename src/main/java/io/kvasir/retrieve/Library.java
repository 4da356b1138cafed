package io.kvasir.retrieve;

import io.kvasir.core.Document;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.core.Passage;
import io.kvasir.core.Scope;
import io.vertx.core.Future;
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
   */
  record DocumentText(Document document, String text, List<Passage> passages) {}

  /**
   * Part of a document that a scope can name.
   *
   * @param document the document's name
   * @param heading the top-level heading
   * @param passages how many passages lie under it
   */
  record Section(String document, String heading, int passages) {}

  /** A passage that the store has given no id yet, with its embedding. */
  record NewPassage(
      int ordinal,
      String heading,
      @Nullable Integer page,
      int start,
      int end,
      String key,
      String value,
      float[] embedding) {}

  /** A document that the store has given no id yet. */
  record NewDocument(
      String name, String title, String mediaType, @Nullable Integer pages, String text) {}

  /** All collections, by name. */
  Future<List<DocumentCollection>> collections();

  /** The collection of that name; fails with NOT_FOUND naming the nearest. */
  Future<DocumentCollection> collection(String name);

  /** Creates an empty collection; CONFLICT if there is one of that name. */
  Future<DocumentCollection> create(String name, String language, String encoder, int dimensions);

  /** Sets the questions a collection offers. */
  Future<Void> setExamples(String name, List<ExampleQuestion> examples);

  /** Deletes a collection with everything in it. */
  Future<Void> delete(String name);

  /** The documents of a collection, by name. */
  Future<List<Document>> documents(String collection);

  /** The sections of a collection, in order, for choosing a scope. */
  Future<List<Section>> sections(String collection);

  /** A document with text and passages; NOT_FOUND if it is gone. */
  Future<DocumentText> document(long id);

  /** Deletes a document with its passages. */
  Future<Void> deleteDocument(long id);

  /** The passages of a scope in document order, at most {@code limit}. */
  Future<List<Passage>> passages(String collection, Scope scope, int limit);

  /** How many passages a scope has. */
  Future<Integer> countPassages(String collection, Scope scope);

  /** Stores a document with its passages in one transaction, in place of one of the same name. */
  Future<Document> put(String collection, NewDocument document, List<NewPassage> passages);
}
