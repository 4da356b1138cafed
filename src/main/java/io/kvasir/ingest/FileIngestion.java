package io.kvasir.ingest;

import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.ValueKind;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.encode.Languages;
import io.kvasir.ingest.format.LoadedDocument;
import io.kvasir.ingest.reader.DocumentReaders;
import io.kvasir.retrieve.Corrections.Correction;
import io.kvasir.retrieve.Corrections.Placed;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.Original;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/** Takes one file the whole way: read, split, encode, store. Blocks its caller's thread. */
final class FileIngestion implements AutoCloseable {
  private static final int MAX_NAME_CHARACTERS = 500;

  private final Library library;
  private final Encoders encoders;
  private final IngestionLimits limits;
  private final DocumentReaders readers;

  FileIngestion(Library library, Encoders encoders, IngestionLimits limits) {
    this.library = library;
    this.encoders = encoders;
    this.limits = limits;
    this.readers = new DocumentReaders(limits.reader());
  }

  /**
   * What became of a file.
   *
   * @param passages how many were stored
   * @param notes what had to be assumed or left out, in sentences
   */
  record Ingested(int passages, List<String> notes) {}

  /**
   * Ingests a file.
   *
   * @param name what its document is called
   * @param steps waits for what others do
   * @param progress told how many of its passages are encoded
   * @throws ProblemException with what is wrong
   * @throws CancellationException if the job was stopped
   * @throws InterruptedException if this thread is to end
   */
  Ingested ingest(
      IngestionJob job, String name, Original file, JobSteps steps, IntConsumer progress)
      throws IOException, InterruptedException {
    checkName(name);
    LoadedDocument loaded = readers.read(name, file.content(), job::isStopped);
    DocumentCollection collection = steps.stored(() -> collection(job, loaded.text()));
    checkValues(job, collection);
    while (true) {
      String encoder = collection.encoder();
      List<Correction> corrections = steps.stored(() -> corrections(job, name));
      DocumentPassages.Corrected made =
          DocumentPassages.corrected(
              loaded,
              encoders.named(encoder),
              new DocumentPassages.Options(
                  limits.maxPassages(), DocumentPassages.LENGTH, collection.values()),
              corrections,
              steps::encoded,
              progress);
      NewDocument document = document(job, name, file, loaded, encoder, made.placed());
      try {
        int stored =
            steps
                .stored(
                    () -> library.put(job.workspace(), job.collection(), document, made.passages()))
                .passages();
        return new Ingested(stored, notes(loaded, made.placed()));
      } catch (ProblemException refused) {
        if (refused.kind() != Kind.CONFLICT) {
          throw refused;
        }
        collection = steps.stored(() -> library.collection(job.workspace(), job.collection()));
        if (collection.encoder().equals(encoder)
            && corrections.equals(steps.stored(() -> corrections(job, name)))) {
          throw refused;
        }
      }
    }
  }

  private Future<List<Correction>> corrections(IngestionJob job, String name) {
    return library.corrections(job.workspace(), job.collection(), name);
  }

  /** Also what became of corrections: none is lost without a word. */
  private static List<String> notes(LoadedDocument loaded, List<Placed> corrections) {
    long lost = corrections.stream().filter(placed -> placed.passage() == null).count();
    if (corrections.isEmpty()) {
      return loaded.notes();
    }
    List<String> notes = new ArrayList<>(loaded.notes());
    notes.add(
        lost == 0
            ? "Corrections by hand that are in effect: %d.".formatted(corrections.size())
            : "Corrections by hand that are in effect: %d; kept without effect, since the text they correct is not there any more: %d."
                .formatted(corrections.size() - lost, lost));
    return notes;
  }

  private static NewDocument document(
      IngestionJob job,
      String name,
      Original file,
      LoadedDocument loaded,
      String encoder,
      List<Placed> corrections) {
    return new NewDocument(
        name,
        loaded.title().isEmpty() ? name : loaded.title(),
        loaded.mediaType(),
        loaded.pages(),
        loaded.text(),
        loaded.reader(),
        file,
        job.isAgain(),
        encoder,
        corrections);
  }

  /** Ends the processes that read. */
  @Override
  public void close() {
    readers.close();
  }

  /** The collection of the job; created if this is its first document, which was just given. */
  private Future<DocumentCollection> collection(IngestionJob job, String text) {
    return library
        .collection(job.workspace(), job.collection())
        .recover(
            failure ->
                isOf(failure, Kind.NOT_FOUND) && !job.isAgain()
                    ? create(job, text)
                    : Future.failedFuture(failure));
  }

  private Future<DocumentCollection> create(IngestionJob job, String text) {
    String asked = job.task().language();
    String language = asked == null ? Languages.detect(text) : asked;
    String wanted = job.task().encoder();
    ValueKind values = job.task().values();
    Encoder.Description encoder =
        (wanted == null ? encoders.forLanguage(language) : encoders.named(wanted)).description();
    return library
        .create(
            job.workspace(),
            new NewCollection(
                job.collection(),
                language,
                encoder.name(),
                encoder.dimensions(),
                values == null ? ValueKind.RAW : values))
        .recover(
            failure ->
                // Somebody else created it in between.
                isOf(failure, Kind.CONFLICT)
                    ? library.collection(job.workspace(), job.collection())
                    : Future.failedFuture(failure));
  }

  private static void checkValues(IngestionJob job, DocumentCollection collection) {
    ValueKind asked = job.task().values();
    if (asked != null && asked != collection.values()) {
      throw new ProblemException(
          Kind.INVALID,
          "the values of the collection %s are %s, not %s; make another collection for those"
              .formatted(collection.name(), collection.values(), asked));
    }
  }

  private static boolean isOf(Throwable failure, Kind kind) {
    return failure instanceof ProblemException problem && problem.kind() == kind;
  }

  private static void checkName(String name) {
    if (name.isBlank()
        || name.length() > MAX_NAME_CHARACTERS
        || name.codePoints().anyMatch(Character::isISOControl)) {
      throw new ProblemException(
          Kind.INVALID,
          "a document's name has 1 to %d characters, none of them control characters; rename it"
              .formatted(MAX_NAME_CHARACTERS));
    }
  }
}
