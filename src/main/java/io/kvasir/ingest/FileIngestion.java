package io.kvasir.ingest;

import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Library.NewDocument;
import io.kvasir.retrieve.Library.NewPassage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One file all the way: load, split, encode, store. Blocks: runs on the ingestion's worker. */
final class FileIngestion {
  /** How many passages are encoded between two looks at whether the job was cancelled. */
  static final int STEP = 32;

  /** The longest a step or a request to the store takes. */
  static final int STEP_TIMEOUT_SECONDS = 600;

  private final Library library;
  private final Encoders encoders;
  private final IngestionLimits limits;
  private final DocumentLoader loader;

  FileIngestion(Library library, Encoders encoders, IngestionLimits limits) {
    this.library = library;
    this.encoders = encoders;
    this.limits = limits;
    this.loader = new DocumentLoader(limits);
  }

  /** Stores a file; gives the number of passages. Fails with what is wrong, in words. */
  int run(IngestionJob job, int file) throws InterruptedException {
    Ingestion.Source source = job.sources.get(file);
    ExtractedText extracted = loader.load(source.name(), source.content(), job::isCancelled);
    stopIfCancelled(job);
    DocumentCollection collection = collection(job, extracted);
    Encoder encoder = encoders.named(collection.encoder());
    List<Splitter.Span> spans =
        new Splitter(encoder::countTokens, limits.maxPassages()).split(extracted);
    List<NewPassage> passages = new ArrayList<>(spans.size());
    for (int first = 0; first < spans.size(); first += STEP) {
      stopIfCancelled(job);
      List<Splitter.Span> step = spans.subList(first, Math.min(first + STEP, spans.size()));
      passages.addAll(encode(encoder, extracted.text(), step, first));
      job.encoded(file, passages.size());
    }
    NewDocument document =
        new NewDocument(
            source.name(),
            extracted.title() == null ? source.name() : extracted.title(),
            extracted.mediaType(),
            extracted.pageStarts().isEmpty() ? null : extracted.pageStarts().size(),
            extracted.text());
    await(library.put(collection.name(), document, passages));
    return passages.size();
  }

  private static List<NewPassage> encode(
      Encoder encoder, String text, List<Splitter.Span> spans, int firstOrdinal)
      throws InterruptedException {
    List<float[]> embeddings =
        await(encoder.encodePassages(spans.stream().map(span -> span.key(text)).toList()));
    List<NewPassage> passages = new ArrayList<>(spans.size());
    for (int i = 0; i < spans.size(); i++) {
      Splitter.Span span = spans.get(i);
      passages.add(
          new NewPassage(
              firstOrdinal + i,
              span.heading(),
              span.page(),
              span.start(),
              span.end(),
              span.key(text),
              text.substring(span.start(), span.end()),
              embeddings.get(i)));
    }
    return passages;
  }

  /** The job's collection; the first file that can be read decides the language of a new one. */
  private DocumentCollection collection(IngestionJob job, ExtractedText extracted)
      throws InterruptedException {
    try {
      return await(library.collection(job.collection));
    } catch (ProblemException e) {
      if (e.kind() != Kind.NOT_FOUND) {
        throw e;
      }
    }
    String language = job.language == null ? LanguageDetection.of(extracted.text()) : job.language;
    Encoder.Description encoder = encoders.forLanguage(language).description();
    try {
      return await(library.create(job.collection, language, encoder.name(), encoder.dimensions()));
    } catch (ProblemException e) {
      if (e.kind() != Kind.CONFLICT) {
        throw e;
      }
      // Somebody else was faster.
      return await(library.collection(job.collection));
    }
  }

  private static void stopIfCancelled(IngestionJob job) {
    if (job.isCancelled()) {
      throw new ProblemException(Kind.CONFLICT, "cancelled");
    }
  }

  private static <T> T await(Future<T> future) throws InterruptedException {
    return await(future.toCompletionStage());
  }

  private static <T> T await(CompletionStage<T> stage) throws InterruptedException {
    try {
      return stage.toCompletableFuture().get(STEP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new ProblemException(Kind.INTERNAL, "a step of ingestion failed", e);
    } catch (TimeoutException e) {
      throw new ProblemException(
          Kind.UNAVAILABLE,
          "nothing happened for %d s; try the file again".formatted(STEP_TIMEOUT_SECONDS),
          e);
    }
  }
}
