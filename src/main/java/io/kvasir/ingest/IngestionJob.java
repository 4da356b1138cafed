package io.kvasir.ingest;

import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A job while it waits, runs and is remembered. Callable from any thread. */
final class IngestionJob {
  private final String id;
  private final Instant createdAt;
  private final String collection;
  private final @Nullable String language;
  private final List<Source> sources;
  private final List<FileStatus> files = new ArrayList<>();
  private long startedNanos;
  private long changedNanos;
  private boolean finished;
  private volatile boolean cancelled;

  IngestionJob(String collection, @Nullable String language, List<Source> sources) {
    this.id = UUID.randomUUID().toString();
    this.createdAt = Instant.now();
    this.collection = collection;
    this.language = language;
    this.sources = List.copyOf(sources);
    for (Source source : this.sources) {
      files.add(waiting(source.name()));
    }
  }

  /** A job that another server began: what is over stays so, everything else is done again. */
  IngestionJob(Job earlier, @Nullable String language, List<Source> sources) {
    this.id = earlier.id();
    this.createdAt = earlier.createdAt();
    this.collection = earlier.collection();
    this.language = language;
    this.sources = List.copyOf(sources);
    for (FileStatus file : earlier.files()) {
      files.add(file.isOver() ? file : waiting(file.name()));
    }
  }

  private static FileStatus waiting(String name) {
    return new FileStatus(name, FileState.WAITING, 0, null);
  }

  synchronized boolean isOver(int file) {
    return files.get(file).isOver();
  }

  String id() {
    return id;
  }

  String collection() {
    return collection;
  }

  /** The language of a new collection; null to detect it. */
  @Nullable String language() {
    return language;
  }

  List<Source> sources() {
    return sources;
  }

  /** Asks it to stop; the file that runs ends within a batch of passages. */
  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  synchronized void begin(int file) {
    if (startedNanos == 0) {
      startedNanos = System.nanoTime();
      changedNanos = startedNanos;
    }
    set(file, FileState.RUNNING, 0, null);
  }

  /** So many passages of the file are encoded. */
  synchronized void progress(int file, int passages) {
    set(file, FileState.RUNNING, passages, null);
  }

  synchronized void done(int file, int passages) {
    set(file, FileState.DONE, passages, null);
  }

  synchronized void failed(int file, String error) {
    set(file, FileState.FAILED, 0, error);
  }

  /** Ends it with one reason for everything that is not over. */
  synchronized void giveUp(String error) {
    for (int file = 0; file < files.size(); file++) {
      if (!files.get(file).isOver()) {
        failed(file, error);
      }
    }
    finished = true;
  }

  synchronized void finish() {
    finished = true;
  }

  synchronized boolean isFinished() {
    return finished;
  }

  synchronized Job snapshot() {
    int passages = files.stream().mapToInt(FileStatus::passages).sum();
    double seconds = (changedNanos - startedNanos) / 1e9;
    double rate = passages == 0 || seconds <= 0 ? 0 : passages / seconds;
    return new Job(id, collection, createdAt, finished, List.copyOf(files), passages, rate);
  }

  private void set(int file, FileState state, int passages, @Nullable String error) {
    files.set(file, new FileStatus(sources.get(file).name(), state, passages, error));
    if (state != FileState.FAILED) {
      changedNanos = System.nanoTime();
    }
  }
}
