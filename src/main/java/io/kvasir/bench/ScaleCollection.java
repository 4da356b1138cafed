package io.kvasir.bench;

import io.kvasir.core.Document;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.kvasir.core.ValueKind;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** The collection that is searched: filled as far as it is not yet, by the library as it is. */
final class ScaleCollection {
  private static final int PASSAGES_A_DOCUMENT = 20;
  private static final int SCOPED_DOCUMENTS = 20;
  private static final String MEDIA_TYPE = "text/plain";
  private static final String FURTHER = "further-";

  private final Library library;
  private final String name;
  private final ScaleText text;
  private final ScaleVectors vectors;

  ScaleCollection(Library library, String name, ScaleText text, ScaleVectors vectors) {
    this.library = library;
    this.name = name;
    this.text = text;
    this.vectors = vectors;
  }

  /** Makes it where it is not there, and puts in what is missing. Blocks. */
  void fill(int passages, Encoder.Description encoder, String language, IntConsumer progress) {
    library
        .collection(Workspace.ONLY, name)
        .recover(
            failure ->
                failure instanceof ProblemException problem && problem.kind() == Kind.NOT_FOUND
                    ? library.create(
                        Workspace.ONLY,
                        new NewCollection(
                            name, language, encoder.name(), encoder.dimensions(), ValueKind.RAW))
                    : Future.failedFuture(failure))
        .await();
    Set<String> there =
        library.documents(Workspace.ONLY, name).await().stream()
            .map(Document::name)
            .collect(Collectors.toSet());
    for (String left : there) {
      if (left.startsWith(FURTHER)) {
        remove(left);
      }
    }
    if (!isComplete(passages, there)) {
      put(passages, there, progress);
    }
  }

  private static boolean isComplete(int passages, Set<String> there) {
    for (int first = 0; first < passages; first += PASSAGES_A_DOCUMENT) {
      if (!there.contains(document(first))) {
        return false;
      }
    }
    return true;
  }

  private void put(int passages, Set<String> there, IntConsumer progress) {
    for (int first = 0; first < passages; first += PASSAGES_A_DOCUMENT) {
      List<String> texts = texts(first, Math.min(PASSAGES_A_DOCUMENT, passages - first));
      // Also of what is there: others are drawn around it.
      List<float[]> made = vectors.next(first, texts);
      if (!there.contains(document(first))) {
        put(document(first), texts, made);
      }
      progress.accept(first + texts.size());
    }
  }

  private List<String> texts(int first, int count) {
    List<String> texts = new ArrayList<>();
    for (int number = first; number < first + count; number++) {
      texts.add(text.passage(number));
    }
    return texts;
  }

  private static String document(int first) {
    return "part-%08d".formatted(first);
  }

  /** Takes in another document with everything that this takes: encoding, words, the index. */
  void putFurther(int number) {
    List<String> texts =
        texts(Integer.MAX_VALUE / 2 + number * PASSAGES_A_DOCUMENT, PASSAGES_A_DOCUMENT);
    put(FURTHER + number, texts, vectors.encode(texts));
  }

  private void put(String document, List<String> texts, List<float[]> embeddings) {
    List<NewPassage> passages = new ArrayList<>();
    StringBuilder whole = new StringBuilder();
    for (String each : texts) {
      int start = whole.length();
      whole.append(each).append('\n');
      passages.add(
          new NewPassage(
              passages.size(),
              "",
              null,
              start,
              start + each.length(),
              each,
              each,
              embeddings.get(passages.size())));
    }
    library
        .put(
            Workspace.ONLY,
            name,
            new NewDocument(document, document, MEDIA_TYPE, null, whole.toString()),
            passages)
        .await();
  }

  private void remove(String document) {
    for (Document each : library.documents(Workspace.ONLY, name).await()) {
      if (each.name().equals(document)) {
        library.deleteDocument(Workspace.ONLY, each.id()).await();
      }
    }
  }

  /** Some of its documents. */
  Scope scope(int passages) {
    List<String> selectors = new ArrayList<>();
    int documents = Math.max(1, passages / PASSAGES_A_DOCUMENT);
    for (int i = 0; i < Math.min(SCOPED_DOCUMENTS, documents); i++) {
      selectors.add(
          document(i * (documents / Math.min(SCOPED_DOCUMENTS, documents)) * PASSAGES_A_DOCUMENT));
    }
    return new Scope(selectors);
  }

  /** Deletes it with everything in it. */
  void delete() {
    library.delete(Workspace.ONLY, name).await();
  }
}
