package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.kvasir.encode.Encoders;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.kvasir.retrieve.CollectionName;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ingestion on one thread of its own: jobs in order, the files of a job in order. Methods are
 * callable from any thread and return at once.
 */
public final class IngestionQueue implements AutoCloseable {
  /** How long closing waits for the thread. */
  public static final int CLOSE_PATIENCE_SECONDS = 10;

  private static final System.Logger LOG = System.getLogger(IngestionQueue.class.getName());
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*");

  private final FileIngestion files;
  private final IngestionLimits limits;
  private final Deque<IngestionJob> waiting = new ArrayDeque<>();
  private final Map<String, IngestionJob> jobs = new LinkedHashMap<>();
  private final Thread thread;
  private boolean closed;

  /**
   * Starts the thread.
   *
   * @param library where passages go; called from the queue's thread
   * @param encoders what encodes them; stay open until this is closed
   */
  public IngestionQueue(Library library, Encoders encoders, IngestionLimits limits) {
    this.files = new FileIngestion(library, encoders, limits);
    this.limits = limits;
    this.thread = new Thread(this::work, "ingestion");
    thread.setDaemon(true);
    thread.start();
  }

  /** Queues files at once, which are kept nowhere else. */
  Future<Job> submit(String collection, @Nullable String language, List<Source> sources) {
    try {
      IngestionJob job = prepare(collection, language, sources);
      add(job);
      return Future.succeededFuture(job.snapshot());
    } catch (ProblemException e) {
      sources.forEach(IngestionQueue::discard);
      return Future.failedFuture(e);
    }
  }

  /**
   * Checks what is to be a job.
   *
   * @throws ProblemException INVALID or TOO_LARGE if it makes no sense, BUSY if there is no room
   */
  synchronized IngestionJob prepare(
      String collection, @Nullable String language, List<Source> sources) {
    check(collection, language, sources);
    requireRoom();
    return new IngestionJob(collection, language, sources);
  }

  private static void check(String collection, @Nullable String language, List<Source> sources) {
    CollectionName.checked(collection);
    if (language != null && !LANGUAGE.matcher(language).matches()) {
      throw new ProblemException(
          Kind.INVALID, "the language %s is no code such as en, zh or zh-CN".formatted(language));
    }
    if (sources.isEmpty()) {
      throw new ProblemException(Kind.INVALID, "there is no file to ingest; name at least one");
    }
    if (sources.size() > IngestionLimits.MAX_FILES) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "%d files at once are too many; send at most %d"
              .formatted(sources.size(), IngestionLimits.MAX_FILES));
    }
  }

  private void requireRoom() {
    if (closed) {
      throw new ProblemException(Kind.UNAVAILABLE, "Kvasir is stopping; try again later");
    }
    if (waiting.size() >= limits.queue()) {
      throw new ProblemException(
          Kind.BUSY,
          "%d uploads wait to be ingested (ingest.queue); try again when one has finished"
              .formatted(limits.queue()));
    }
  }

  /** Queues a job; refused as by {@link #prepare}. */
  synchronized void add(IngestionJob job) {
    requireRoom();
    put(job);
  }

  /** Queues a job that another server left, whatever the queue's length. */
  synchronized void resume(IngestionJob job) {
    if (!closed) {
      put(job);
    }
  }

  private void put(IngestionJob job) {
    waiting.add(job);
    jobs.put(job.id(), job);
    var oldest = jobs.values().iterator();
    while (jobs.size() > IngestionLimits.KEPT_JOBS && oldest.hasNext()) {
      if (oldest.next().isFinished()) {
        oldest.remove();
      }
    }
    notifyAll();
  }

  /** Stops a job that another server does now. */
  void forget(String id) {
    cancel(id);
    synchronized (this) {
      jobs.remove(id);
    }
  }

  /** A job of this server. */
  synchronized Optional<IngestionJob> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  Job job(String id) {
    return running(id).snapshot();
  }

  /** The last jobs of this server, newest first. */
  public synchronized List<Job> jobs() {
    List<Job> snapshots = new ArrayList<>();
    jobs.values().forEach(job -> snapshots.add(job.snapshot()));
    Collections.reverse(snapshots);
    return snapshots;
  }

  /** Stops a job; files already stored stay. */
  void cancel(String id) {
    IngestionJob job = running(id);
    job.cancel();
    boolean waited;
    synchronized (this) {
      waited = waiting.remove(job);
    }
    if (waited) {
      run(job);
    }
  }

  private synchronized IngestionJob running(String id) {
    IngestionJob job = jobs.get(id);
    if (job == null) {
      throw new ProblemException(
          Kind.NOT_FOUND,
          "there is no job %s; only the last %d are remembered"
              .formatted(id, IngestionLimits.KEPT_JOBS));
    }
    return job;
  }

  /** Stops what runs within a batch of passages, drops what waits, waits for the thread a while. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      jobs.values().forEach(IngestionJob::cancel);
      notifyAll();
    }
    thread.interrupt();
    try {
      thread.join(CLOSE_PATIENCE_SECONDS * 1000L);
    } catch (InterruptedException e) {
      // Whoever closes is to end too; the thread is a daemon and stops by itself.
      Thread.currentThread().interrupt();
    }
    files.close();
  }

  private void work() {
    for (IngestionJob job = next(); job != null; job = next()) {
      run(job);
    }
  }

  private synchronized @Nullable IngestionJob next() {
    while (!closed && waiting.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Only close() interrupts; what waits is still taken, to be marked as cancelled.
        closed = true;
      }
    }
    return waiting.poll();
  }

  private void run(IngestionJob job) {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < job.sources().size(); i++) {
      Source source = job.sources().get(i);
      boolean first = names.add(source.name());
      if (job.isOver(i)) {
        continue;
      }
      if (first) {
        ingest(job, i, source);
      } else {
        job.failed(i, "another file of this upload has the same name; rename one");
      }
      discard(source);
    }
    job.finish();
  }

  private void ingest(IngestionJob job, int file, Source source) {
    if (job.isCancelled()) {
      job.failed(file, "cancelled");
      return;
    }
    job.begin(file);
    try {
      job.done(file, files.ingest(job, source, passages -> job.progress(file, passages)));
    } catch (ProblemException e) {
      if (e.kind() == Kind.INTERNAL) {
        LOG.log(System.Logger.Level.WARNING, "ingesting " + source.name(), e);
      }
      job.failed(file, e.told());
    } catch (CancellationException e) {
      job.failed(file, "cancelled");
    } catch (InterruptedException e) {
      job.cancel();
      job.failed(file, "cancelled, since Kvasir is stopping");
    } catch (NoSuchFileException e) {
      job.failed(file, "is not there any more");
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "ingesting " + source.name(), e);
      job.failed(file, "cannot be read: " + Reason.of(e));
    } catch (RuntimeException e) {
      // A file that nobody foresaw must not end ingestion for all others.
      LOG.log(System.Logger.Level.WARNING, "ingesting " + source.name(), e);
      job.failed(file, "could not be ingested: " + Reason.of(e));
    }
  }

  static void discard(Source source) {
    if (!source.temporary()) {
      return;
    }
    try {
      Files.deleteIfExists(source.content());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "temporary file not deleted: " + source.content(), e);
    }
  }
}
