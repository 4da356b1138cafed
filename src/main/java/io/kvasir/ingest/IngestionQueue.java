package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.encode.Encoders;
import io.kvasir.retrieve.CollectionName;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Ingestion in the background, one file after another on one thread of its own. What is wrong with
 * a file stays with that file. Callable from any thread; nothing here blocks its caller.
 */
public final class IngestionQueue implements Ingestion, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(IngestionQueue.class.getName());

  private final BlockingQueue<IngestionJob> waiting;
  private final Map<String, IngestionJob> jobs = new LinkedHashMap<>();
  private final FileIngestion files;
  private final Thread worker;
  private volatile boolean closed;

  /** Starts the worker. */
  public IngestionQueue(Library library, Encoders encoders, IngestionLimits limits) {
    this.waiting = new ArrayBlockingQueue<>(limits.queue());
    this.files = new FileIngestion(library, encoders, limits);
    this.worker = new Thread(this::work, "ingestion");
    worker.setDaemon(true);
    worker.start();
  }

  @Override
  public Future<Job> submit(String collection, @Nullable String language, List<Source> sources) {
    IngestionJob job = new IngestionJob(collection, language, sources);
    try {
      CollectionName.checked(collection);
      if (sources.isEmpty() || sources.size() > IngestionLimits.MAX_FILES) {
        throw new ProblemException(
            Kind.INVALID,
            "a job has 1 to %d files, not %d".formatted(IngestionLimits.MAX_FILES, sources.size()));
      }
      add(job);
    } catch (ProblemException e) {
      job.sources.forEach(IngestionQueue::discard);
      return Future.failedFuture(e);
    }
    return Future.succeededFuture(job.snapshot());
  }

  private synchronized void add(IngestionJob job) {
    if (closed) {
      throw new ProblemException(Kind.UNAVAILABLE, "Kvasir is stopping");
    }
    if (!waiting.offer(job)) {
      throw new ProblemException(
          Kind.BUSY,
          "%d uploads wait already (ingest.queue); try again when one is done"
              .formatted(waiting.size()));
    }
    jobs.put(job.id, job);
    var oldest = jobs.values().iterator();
    while (jobs.size() > IngestionLimits.KEPT_JOBS && oldest.hasNext()) {
      if (oldest.next().snapshot().finished()) {
        oldest.remove();
      }
    }
  }

  @Override
  public Job job(String id) {
    return find(id).snapshot();
  }

  @Override
  public synchronized List<Job> jobs() {
    List<Job> newestFirst =
        new ArrayList<>(jobs.values().stream().map(IngestionJob::snapshot).toList());
    Collections.reverse(newestFirst);
    return newestFirst;
  }

  @Override
  public void cancel(String id) {
    find(id).cancel();
  }

  private synchronized IngestionJob find(String id) {
    IngestionJob job = jobs.get(id);
    if (job == null) {
      throw new ProblemException(
          Kind.NOT_FOUND,
          "there is no job %s; the last %d are kept".formatted(id, IngestionLimits.KEPT_JOBS));
    }
    return job;
  }

  private void work() {
    try {
      while (!closed) {
        run(waiting.take());
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.DEBUG, "ingestion stops");
    }
  }

  private void run(IngestionJob job) throws InterruptedException {
    try {
      for (int file = 0; file < job.sources.size(); file++) {
        try {
          run(job, file);
        } finally {
          discard(job.sources.get(file));
        }
      }
    } finally {
      job.finish();
    }
  }

  private void run(IngestionJob job, int file) throws InterruptedException {
    if (job.isCancelled()) {
      job.failed(file, "cancelled");
      return;
    }
    job.running(file);
    try {
      job.done(file, files.run(job, file));
    } catch (ProblemException e) {
      job.failed(file, String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // A file made to break its reader costs that file, not the queue.
      LOG.log(
          System.Logger.Level.ERROR, "ingesting " + job.sources.get(file).name() + " failed", e);
      job.failed(file, "it cannot be read (%s)".formatted(e));
    }
  }

  private static void discard(Source source) {
    if (source.temporary()) {
      try {
        Files.deleteIfExists(source.content());
      } catch (IOException e) {
        LOG.log(System.Logger.Level.WARNING, "a temporary file stays: " + source.content(), e);
      }
    }
  }

  /** Stops after what runs, drops what waits. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      jobs.values().forEach(IngestionJob::cancel);
    }
    worker.interrupt();
  }
}
