package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Ingestion that several servers share. A job is acknowledged when it and its files are kept; the
 * server that accepted it does it, and if that server ends, another goes on. Files are stored whole
 * or not at all, so doing one again does no harm. Methods return at once.
 */
public final class SharedIngestion implements Ingestion {
  /** How often the state of jobs is kept and abandoned ones are looked for. */
  static final int BEAT_MILLISECONDS = 1_000;

  /** After so many servers that ended over a job nobody tries again. */
  static final int MOST_ATTEMPTS = 3;

  private static final System.Logger LOG = System.getLogger(SharedIngestion.class.getName());
  private static final int STORE_SECONDS = 60;

  private final IngestionQueue queue;
  private final JobStore store;
  private final Path folder;
  private final Map<String, Job> saved = new HashMap<>();
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ingestion-beat"));

  /**
   * Begins to look for abandoned jobs.
   *
   * @param queue does the jobs of this server; closed with this
   * @param folder for the files of jobs that are taken over
   */
  public SharedIngestion(IngestionQueue queue, JobStore store, Path folder) {
    this.queue = queue;
    this.store = store;
    this.folder = folder;
    var unused =
        beat.scheduleWithFixedDelay(
            this::beatOrWarn, BEAT_MILLISECONDS, BEAT_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  @Override
  public Future<Job> submit(String collection, @Nullable String language, List<Source> sources) {
    IngestionJob job;
    try {
      job = queue.prepare(collection, language, sources);
    } catch (ProblemException refused) {
      sources.forEach(IngestionQueue::discard);
      return Future.failedFuture(refused);
    }
    Job accepted = job.snapshot();
    return store
        .add(accepted, language, sources)
        .onFailure(failure -> sources.forEach(IngestionQueue::discard))
        .compose(kept -> begin(job))
        .map(accepted);
  }

  /** Between preparing and keeping the queue may have filled up, or been closed. */
  private Future<Void> begin(IngestionJob job) {
    try {
      queue.add(job);
      return Future.succeededFuture();
    } catch (ProblemException refused) {
      job.sources().forEach(IngestionQueue::discard);
      job.giveUp(refused.told());
      return store.save(job.snapshot()).transform(saved -> Future.failedFuture(refused));
    }
  }

  @Override
  public Future<Job> job(String id) {
    return queue
        .find(id)
        .map(job -> Future.succeededFuture(job.snapshot()))
        .orElseGet(() -> store.job(id));
  }

  @Override
  public Future<List<Job>> jobs() {
    return store
        .jobs(IngestionLimits.KEPT_JOBS)
        .map(
            jobs ->
                jobs.stream()
                    .map(job -> queue.find(job.id()).map(IngestionJob::snapshot).orElse(job))
                    .toList());
  }

  @Override
  public Future<Void> cancel(String id) {
    if (queue.find(id).isEmpty()) {
      return store.cancel(id);
    }
    queue.cancel(id);
    return Future.succeededFuture();
  }

  /** Ends what runs and gives it back, for another server to go on. Blocks for some seconds. */
  public void close() {
    beat.shutdown();
    try {
      if (!beat.awaitTermination(STORE_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "the store of ingestion jobs does not answer");
      }
      List<Job> before = queue.jobs();
      queue.close();
      for (Job job : before) {
        if (!job.finished()) {
          await(store.handBack(job));
        } else if (!job.equals(saved.get(job.id()))) {
          await(store.save(job));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ProblemException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "jobs were not given back; another server takes them over: " + e.getMessage());
    }
  }

  private void beatOrWarn() {
    try {
      keepStates();
      takeOver();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ProblemException | IOException e) {
      LOG.log(System.Logger.Level.WARNING, "ingestion: " + e.getMessage());
    } catch (RuntimeException defect) {
      // Thrown out of here, it would end the beat for good.
      LOG.log(System.Logger.Level.ERROR, "ingestion", defect);
    }
  }

  private void keepStates() throws InterruptedException {
    List<Job> jobs = queue.jobs();
    saved.keySet().retainAll(jobs.stream().map(Job::id).toList());
    for (Job job : jobs) {
      Job before = saved.get(job.id());
      if (before != null && before.finished()) {
        continue;
      }
      switch (await(store.save(job))) {
        case OURS -> saved.put(job.id(), job);
        case CANCELLED -> {
          saved.put(job.id(), job);
          queue.cancel(job.id());
        }
        case LOST -> queue.forget(job.id());
      }
    }
  }

  private void takeOver() throws InterruptedException, IOException {
    var found = await(store.takeOver());
    if (found.isEmpty()) {
      return;
    }
    JobStore.TakenOver taken = found.get();
    Job job = taken.job();
    LOG.log(System.Logger.Level.INFO, "taking over the ingestion job " + job.id());
    Files.createDirectories(folder);
    List<Source> sources = new ArrayList<>();
    for (int file = 0; file < job.files().size(); file++) {
      FileStatus status = job.files().get(file);
      Path content = folder.resolve(job.id() + "-" + file);
      if (!status.isOver()) {
        await(store.copy(job.id(), file, content));
      }
      sources.add(new Source(status.name(), content, true));
    }
    IngestionJob again = new IngestionJob(job, taken.language(), sources);
    if (taken.cancelled()) {
      again.cancel();
    }
    if (taken.attempts() > MOST_ATTEMPTS) {
      again.giveUp(
          "%d servers ended while they took it in; see their logs".formatted(MOST_ATTEMPTS));
      sources.forEach(IngestionQueue::discard);
      await(store.save(again.snapshot()));
    } else {
      queue.resume(again);
    }
  }

  private static <T> T await(Future<T> future) throws InterruptedException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(STORE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE, "the store of ingestion jobs does not answer", e);
    }
  }
}
