package io.kvasir.ingest;

import io.kvasir.core.DocumentCollection;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.retrieve.Corrections;
import io.kvasir.retrieve.Corrections.Correction;
import io.kvasir.retrieve.Corrections.Encoded;
import io.kvasir.retrieve.Corrections.NewCorrection;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Library.DocumentText;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The use case of correcting passages by hand: what a passage is to say is encoded at once, so that
 * the next question finds it. Safe to use from any thread.
 */
public final class PassageCorrections {
  /** The most corrections of one document. */
  public static final int MOST = 1_000;

  private final Library library;
  private final Corrections corrections;
  private final Encoders encoders;

  /** Corrections over a library. */
  public PassageCorrections(Library library, Corrections corrections, Encoders encoders) {
    this.library = library;
    this.corrections = corrections;
    this.encoders = encoders;
  }

  /**
   * Has a passage say something else. NOT_FOUND if the document or the passage is gone, TOO_LARGE
   * if the encoder does not read such a passage whole or too many are corrected.
   */
  public Future<Correction> say(Workspace workspace, long document, long passage, String text) {
    return of(
        workspace,
        document,
        passage,
        (found, encoder) -> {
          Splitter splitter = new Splitter(encoder, 1);
          splitter.requireFit(found.heading(), text);
          String key = splitter.keyOf(found.heading(), text);
          return vector(encoder, key)
              .compose(
                  vector ->
                      corrections.correct(
                          workspace,
                          document,
                          new NewCorrection(
                              passage, found.source(), found.occurrence(), text, key, vector)));
        });
  }

  /** Leaves a passage out of retrieval and of scopes; fails as {@link #say}. */
  public Future<Correction> leaveOut(Workspace workspace, long document, long passage) {
    return of(
        workspace,
        document,
        passage,
        (found, encoder) ->
            corrections.correct(
                workspace,
                document,
                new NewCorrection(passage, found.source(), found.occurrence(), null, null, null)));
  }

  /** Undoes one: the passage is again what its document says. NOT_FOUND if there is none. */
  public Future<Void> withdraw(Workspace workspace, long document, long correction) {
    return library
        .document(workspace, document)
        .compose(
            text -> {
              Correction kept =
                  text.corrections().stream()
                      .filter(each -> each.id() == correction)
                      .findFirst()
                      .orElseThrow(() -> gone("correction", correction));
              return encoder(workspace, text)
                  .compose(encoder -> vector(encoder, kept.key()))
                  .compose(vector -> corrections.withdraw(workspace, document, correction, vector));
            });
  }

  /** A passage that is to be corrected, as its document has it. */
  private record Found(String heading, String source, int occurrence) {}

  /** What is done with it. */
  private interface Step {
    Future<Correction> with(Found found, Encoder encoder);
  }

  private Future<Correction> of(Workspace workspace, long document, long passage, Step step) {
    return library
        .document(workspace, document)
        .compose(
            text -> {
              Found found = find(text, passage);
              return encoder(workspace, text).compose(encoder -> step.with(found, encoder));
            });
  }

  private Future<Encoder> encoder(Workspace workspace, DocumentText text) {
    return library
        .collection(workspace, text.document().collection())
        .map(DocumentCollection::encoder)
        .map((Function<String, Encoder>) encoders::named);
  }

  private static Future<Encoded> vector(Encoder encoder, String key) {
    return Future.fromCompletionStage(encoder.encodePassages(List.of(key)))
        .map(vectors -> new Encoded(encoder.description().name(), vectors.get(0)));
  }

  /** Also those that are left out tell passages with the same text apart. */
  private static Found find(DocumentText text, long id) {
    Passage passage =
        text.passages().stream()
            .filter(each -> each.id() == id)
            .findFirst()
            .orElseThrow(() -> gone("passage", id));
    if (!passage.corrected() && text.corrections().size() >= MOST) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "%d passages of this document are corrected, which is the most; correct the document itself"
              .formatted(MOST));
    }
    List<Span> spans = new ArrayList<>();
    text.passages().forEach(each -> spans.add(new Span(each.start(), each.end())));
    text.corrections().stream()
        .filter(each -> each.applied() && each.text() == null)
        .forEach(each -> spans.add(new Span(each.start(), each.end())));
    spans.sort(Comparator.comparingInt(Span::start));
    int place = spans.indexOf(new Span(passage.start(), passage.end()));
    PassageSources sources = PassageSources.at(text.text(), spans);
    return new Found(passage.heading(), sources.at(place), sources.occurrence(place));
  }

  private static ProblemException gone(String what, long id) {
    return new ProblemException(
        Kind.NOT_FOUND,
        "there is no %s %d in the document any more; open it again".formatted(what, id));
  }
}
