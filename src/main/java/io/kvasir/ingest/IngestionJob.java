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
  private final String id = UUID.randomUUID().toString();
  private final Instant createdAt = Instant.now();
  private final String collection;
  private final @Nullable String language;
  private final List<Source> sources;
  private final List<FileStatus> files = new ArrayList<>();
  private long startedNanos;
  private long changedNanos;
  private boolean finished;
  private volatile boolean cancelled;

  IngestionJob(String collection, @Nullable String language, List<Source> sources) {
    this.collection = collection;
    this.language = language;
    this.sources = List.copyOf(sources);
    for (Source source : this.sources) {
      files.add(new FileStatus(source.name(), FileState.WAITING, 0, null));
    }
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
