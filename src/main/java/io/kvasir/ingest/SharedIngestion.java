package io.kvasir.ingest;

import io.kvasir.core.Document;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Ingestion that several servers share. A job is acknowledged when it and its files are kept; the
 * server that accepted it does it, and if that server ends, another goes on. Files are stored whole
 * or not at all, so doing one again does no harm. Methods return at once.
 */
public final class SharedIngestion implements Ingestion {
  private static final System.Logger LOG = System.getLogger(SharedIngestion.class.getName());

  private final IngestionQueue queue;
  private final JobStore store;
  private final Library library;
  private final JobKeeper keeper;
  private final Set<String> arriving = ConcurrentHashMap.newKeySet();

  /**
   * Begins to look for abandoned jobs.
   *
   * @param queue does the jobs of this server; closed with this
   * @param library knows what was read by which reader
   */
  public SharedIngestion(IngestionQueue queue, JobStore store, Library library) {
    this.queue = queue;
    this.store = store;
    this.library = library;
    this.keeper = new JobKeeper(queue, store, arriving);
  }

  @Override
  public Future<Job> submit(
      Workspace workspace, String collection, Task task, List<Source> sources) {
    IngestionJob job;
    try {
      job = queue.prepare(workspace, collection, task, sources.stream().map(Source::name).toList());
    } catch (ProblemException refused) {
      discard(sources);
      return Future.failedFuture(refused);
    }
    return accept(job, accepted -> store.add(workspace, accepted, task, sources))
        .onComplete(kept -> ForkJoinPool.commonPool().execute(() -> discard(sources)));
  }

  @Override
  public Future<Refresh> refresh(Workspace workspace, String collection) {
    return library
        .documents(workspace, collection)
        .compose(
            documents -> {
              List<Document> old = documents.stream().filter(Document::outdated).toList();
              List<String> missing = names(old, document -> document.bytes() == null);
              List<String> kept = names(old, document -> document.bytes() != null);
              return kept.isEmpty()
                  ? Future.succeededFuture(new Refresh(null, missing))
                  : again(workspace, collection, kept).map(job -> new Refresh(job, missing));
            });
  }

  private static List<String> names(List<Document> documents, Predicate<Document> condition) {
    return documents.stream().filter(condition).map(Document::name).toList();
  }

  private Future<Job> again(Workspace workspace, String collection, List<String> names) {
    List<String> first = names.subList(0, Math.min(names.size(), IngestionLimits.MAX_FILES));
    return accept(workspace, collection, Task.readAgain(), first);
  }

  @Override
  public Future<Job> encode(Workspace workspace, String collection, String encoder) {
    return library
        .collection(workspace, collection)
        .compose(there -> accept(workspace, collection, Task.encode(encoder), List.of(encoder)));
  }

  @Override
  public Future<Job> remember(Workspace workspace, String collection, String decoder) {
    return library
        .collection(workspace, collection)
        .compose(there -> accept(workspace, collection, Task.remember(), List.of(decoder)));
  }

  private Future<Job> accept(
      Workspace workspace, String collection, Task task, List<String> names) {
    return accept(
        queue.prepare(workspace, collection, task, names),
        job -> store.add(workspace, job, task, List.of()));
  }

  private Future<Job> accept(IngestionJob job, Function<Job, Future<Void>> keep) {
    Job accepted = job.snapshot();
    arriving.add(job.id());
    return keep.apply(accepted)
        .compose(kept -> begin(job))
        .onComplete(begun -> arriving.remove(job.id()))
        .map(accepted);
  }

  /** Between preparing and keeping the queue may have filled up, or been closed. */
  private Future<Void> begin(IngestionJob job) {
    try {
      queue.add(job);
      return Future.succeededFuture();
    } catch (ProblemException refused) {
      job.giveUp(refused.told());
      return job.keep(store::save).transform(saved -> Future.failedFuture(refused));
    }
  }

  private static void discard(List<Source> sources) {
    for (Source source : sources) {
      try {
        if (source.temporary()) {
          Files.deleteIfExists(source.content());
        }
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "temporary file not deleted: " + source.content(), e);
      }
    }
  }

  @Override
  public Future<Job> job(Workspace workspace, String id) {
    return queue
        .find(workspace, id)
        .map(job -> Future.succeededFuture(job.snapshot()))
        .orElseGet(() -> store.job(workspace, id));
  }

  /** While the store does not answer, those of this server: they are what is asked after then. */
  @Override
  public Future<List<Job>> jobs(Workspace workspace) {
    return store
        .jobs(workspace, IngestionLimits.KEPT_JOBS)
        .map(
            jobs ->
                jobs.stream()
                    .map(
                        job ->
                            queue.find(workspace, job.id()).map(IngestionJob::snapshot).orElse(job))
                    .toList())
        .recover(
            failure ->
                isAway(failure)
                    ? Future.succeededFuture(queue.jobs(workspace))
                    : Future.failedFuture(failure));
  }

  /** Kept first: then no server begins it again, whatever becomes of this one. */
  @Override
  public Future<Void> cancel(Workspace workspace, String id) {
    Future<Void> kept = store.cancel(workspace, id);
    if (queue.find(workspace, id).isEmpty()) {
      return kept;
    }
    queue.cancel(id);
    return kept.recover(
        failure ->
            Future.failedFuture(
                isAway(failure)
                    ? new ProblemException(
                        Kind.UNAVAILABLE,
                        "the job is stopped, but the database does not answer, so a restart now"
                            + " would begin it again; cancel it once more when the database is back",
                        failure)
                    : failure));
  }

  private static boolean isAway(Throwable failure) {
    return failure instanceof ProblemException problem && JobSteps.isTransient(problem);
  }

  /** Ends what runs and gives it back, for another server to go on. Blocks for some seconds. */
  public void close() {
    keeper.close();
  }
}
