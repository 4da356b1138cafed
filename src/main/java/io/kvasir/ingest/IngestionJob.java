package io.kvasir.ingest;

import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.JobStore.Begun;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A job while it waits, runs and is remembered. Callable from any thread. */
final class IngestionJob {
  /** Why a job is not gone on with. */
  private enum End {
    /** Somebody asked for it. */
    CANCELLED,
    /** It is another server's from now on. */
    DROPPED
  }

  private final Workspace workspace;
  private final String id;
  private final Instant createdAt;
  private final String collection;
  private final Task task;
  private final List<FileStatus> files = new ArrayList<>();
  private final Map<Integer, Begun> begun;
  private long startedNanos;
  private long changedNanos;
  private boolean finished;
  private @Nullable String waiting;
  private volatile @Nullable End end;
  private Future<?> kept = Future.succeededFuture();

  IngestionJob(Workspace workspace, String collection, Task task, List<String> names) {
    this.workspace = workspace;
    this.id = UUID.randomUUID().toString();
    this.createdAt = Instant.now();
    this.collection = collection;
    this.task = task;
    this.begun = Map.of();
    names.forEach(name -> files.add(FileStatus.waiting(name)));
  }

  /** A job that another server began: what is over stays so, everything else is done again. */
  IngestionJob(JobStore.TakenOver taken) {
    Job earlier = taken.job();
    this.workspace = taken.workspace();
    this.id = earlier.id();
    this.createdAt = earlier.createdAt();
    this.collection = earlier.collection();
    this.task = taken.task();
    this.begun = taken.begun();
    for (FileStatus file : earlier.files()) {
      files.add(file.isOver() ? file : FileStatus.waiting(file.name()));
    }
  }

  String id() {
    return id;
  }

  /** Whose it is. */
  Workspace workspace() {
    return workspace;
  }

  String collection() {
    return collection;
  }

  /** What it is to do. */
  Task task() {
    return task;
  }

  /** Whether its files are documents that are read again. */
  boolean isAgain() {
    return task.work() == Task.Work.READ_AGAIN;
  }

  /** Whether it has no files, and encodes what its collection has. */
  private boolean isEncoding() {
    return task.work() == Task.Work.ENCODE;
  }

  /** Whether it has no files, and a decoder reads what its collection has. */
  private boolean isRemembering() {
    return task.work() == Task.Work.REMEMBER;
  }

  /** How many files it has. */
  synchronized int size() {
    return files.size();
  }

  synchronized String name(int file) {
    return files.get(file).name();
  }

  synchronized boolean isOver(int file) {
    return files.get(file).isOver();
  }

  /** What became of a file on servers that ended since. */
  Begun begun(int file) {
    return begun.getOrDefault(file, Begun.NEVER);
  }

  /** Asks it to stop for good; the file that runs ends within a batch of passages. */
  synchronized void cancel() {
    end = end == null ? End.CANCELLED : end;
  }

  /** Stops it here and leaves it as it is, for another server to go on. */
  synchronized void drop() {
    end = End.DROPPED;
  }

  /** Whether it is to stop, for whatever reason. */
  boolean isStopped() {
    return end != null;
  }

  boolean isDropped() {
    return end == End.DROPPED;
  }

  /**
   * Does nothing while the job goes on.
   *
   * @throws CancellationException if it does not
   */
  void checkGoesOn() {
    if (isStopped()) {
      throw new CancellationException("cancelled");
    }
  }

  /** It can do nothing for the moment, for that reason; null when it goes on. */
  synchronized void waitsSince(@Nullable String reason) {
    waiting = reason;
  }

  synchronized void begin(int file) {
    if (startedNanos == 0) {
      startedNanos = System.nanoTime();
      changedNanos = startedNanos;
    }
    set(file, FileState.RUNNING, 0, null, List.of());
  }

  /** So many passages of the file are encoded. */
  synchronized void progress(int file, int passages) {
    set(file, FileState.RUNNING, passages, null, List.of());
  }

  synchronized void done(int file, int passages, List<String> notes) {
    set(file, FileState.DONE, passages, null, notes);
  }

  synchronized void failed(int file, String error) {
    set(file, FileState.FAILED, 0, error, List.of());
  }

  /** Ends it with one reason for everything that is not over. */
  synchronized void giveUp(String error) {
    for (int file = 0; file < files.size(); file++) {
      if (!files.get(file).isOver()) {
        failed(file, error);
      }
    }
    finish();
  }

  synchronized void finish() {
    finished = true;
    waiting = null;
  }

  synchronized boolean isFinished() {
    return finished;
  }

  synchronized Job snapshot() {
    return snapshot(finished);
  }

  private synchronized Job ended() {
    return snapshot(true);
  }

  /**
   * Keeps how far it is, after what is being kept of it already: an older state, kept later, would
   * have a file begin again whose pieces are gone.
   *
   * @param store what keeps a state
   */
  <T> Future<T> keep(Function<Job, Future<T>> store) {
    return keepInTurn(() -> store.apply(snapshot()));
  }

  /** The same, as it is once it is finished. */
  <T> Future<T> keepEnded(Function<Job, Future<T>> store) {
    return keepInTurn(() -> store.apply(ended()));
  }

  private synchronized <T> Future<T> keepInTurn(Supplier<Future<T>> keeping) {
    Future<T> next = kept.transform(before -> keeping.get());
    kept = next;
    return next;
  }

  private Job snapshot(boolean over) {
    int passages = files.stream().mapToInt(FileStatus::passages).sum();
    double seconds = (changedNanos - startedNanos) / 1e9;
    double rate = passages == 0 || seconds <= 0 ? 0 : passages / seconds;
    return new Job(
        id,
        collection,
        createdAt,
        over,
        files,
        passages,
        rate,
        waiting,
        isEncoding(),
        isRemembering());
  }

  private void set(
      int file, FileState state, int passages, @Nullable String error, List<String> notes) {
    files.set(file, new FileStatus(files.get(file).name(), state, passages, error, notes));
    if (state != FileState.FAILED) {
      changedNanos = System.nanoTime();
    }
  }
}
