package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.memory.PassageReader;
import io.kvasir.retrieve.CollectionName;
import io.kvasir.retrieve.Encodings;
import io.kvasir.retrieve.Library;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that this server does: in order, several at a time, each on a thread of its own. Methods
 * are callable from any thread and return at once.
 */
public final class IngestionQueue implements AutoCloseable {
  /** How long closing waits for the threads. */
  public static final int CLOSE_PATIENCE_SECONDS = 10;

  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*");

  private final Encoders encoders;
  private final FileIngestion files;
  private final JobWork work;
  private final IngestionLimits limits;
  private final Deque<IngestionJob> waiting = new ArrayDeque<>();
  private final Map<String, IngestionJob> jobs = new LinkedHashMap<>();
  private final List<Thread> threads;
  private boolean closed;

  /**
   * Starts the threads.
   *
   * @param library where passages go; called from the queue's threads
   * @param encodings where vectors of other encoders go
   * @param encoders what encodes them; stay open until this is closed
   * @param reader has decoders read what is to be remembered
   * @param store where the files of jobs are
   * @param folder for files while they are read; this server's own, and there
   */
  public IngestionQueue(
      Library library,
      Encodings encodings,
      Encoders encoders,
      PassageReader reader,
      IngestionLimits limits,
      JobStore store,
      Path folder) {
    this.encoders = encoders;
    this.files = new FileIngestion(library, encoders, limits);
    this.work =
        new JobWork(
            files,
            new CollectionEncoding(encodings, encoders),
            new CollectionRemembering(reader),
            store,
            new FileCopies(folder, store));
    this.limits = limits;
    this.threads =
        IntStream.range(0, limits.parallel())
            .mapToObj(number -> new Thread(this::work, "ingestion-" + number))
            .toList();
    threads.forEach(thread -> thread.setDaemon(true));
    threads.forEach(Thread::start);
  }

  /**
   * Checks what is to be a job.
   *
   * @param names of its files
   * @throws ProblemException INVALID or TOO_LARGE if it makes no sense, NOT_FOUND if there is no
   *     such encoder, BUSY if there is no room
   */
  synchronized IngestionJob prepare(
      Workspace workspace, String collection, Task task, List<String> names) {
    check(collection, task.language(), names.size());
    if (task.encoder() != null) {
      encoders.named(task.encoder());
    }
    requireRoom();
    return new IngestionJob(workspace, collection, task, names);
  }

  private static void check(String collection, @Nullable String language, int files) {
    CollectionName.checked(collection);
    if (language != null && !LANGUAGE.matcher(language).matches()) {
      throw new ProblemException(
          Kind.INVALID, "the language %s is no code such as en, zh or zh-CN".formatted(language));
    }
    if (files == 0) {
      throw new ProblemException(Kind.INVALID, "there is no file to ingest; name at least one");
    }
    if (files > IngestionLimits.MAX_FILES) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "%d files at once are too many; send at most %d"
              .formatted(files, IngestionLimits.MAX_FILES));
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
  synchronized void forget(String id) {
    IngestionJob job = jobs.remove(id);
    if (job != null) {
      job.drop();
      waiting.remove(job);
    }
  }

  /** A job of this server. */
  synchronized Optional<IngestionJob> find(String id) {
    return Optional.ofNullable(jobs.get(id));
  }

  /** A job of this server and of a workspace. */
  Optional<IngestionJob> find(Workspace workspace, String id) {
    return find(id).filter(job -> job.workspace().equals(workspace));
  }

  /** The last jobs of this server and of a workspace, newest first. */
  List<Job> jobs(Workspace workspace) {
    return jobs().stream().filter(job -> find(workspace, job.id()).isPresent()).toList();
  }

  /** The last jobs of this server, newest first. */
  public synchronized List<Job> jobs() {
    List<Job> snapshots = new ArrayList<>();
    jobs.values().forEach(job -> snapshots.add(job.snapshot()));
    Collections.reverse(snapshots);
    return snapshots;
  }

  /** Stops a job of this server, if it is one; files already stored stay. */
  synchronized void cancel(String id) {
    IngestionJob job = jobs.get(id);
    if (job != null) {
      job.cancel();
      if (waiting.remove(job)) {
        job.giveUp("cancelled");
      }
    }
  }

  /** Stops what runs within a batch of passages, leaves all as it is, waits for the threads. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      jobs.values().forEach(IngestionJob::drop);
      waiting.clear();
      notifyAll();
    }
    threads.forEach(Thread::interrupt);
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_PATIENCE_SECONDS);
    try {
      for (Thread thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
        thread.join(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      // Whoever closes is to end too; the threads are daemons and stop by themselves.
      Thread.currentThread().interrupt();
    }
    files.close();
  }

  private void work() {
    for (IngestionJob job = next(); job != null; job = next()) {
      work.run(job);
    }
  }

  private synchronized @Nullable IngestionJob next() {
    while (!closed && waiting.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Only close() interrupts.
        closed = true;
      }
    }
    return waiting.poll();
  }
}
