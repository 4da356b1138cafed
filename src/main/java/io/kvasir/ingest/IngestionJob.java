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

/** The changing state of a job: written by the worker, read by everybody. */
final class IngestionJob {
  final String id = UUID.randomUUID().toString();
  final String collection;
  final @Nullable String language;
  final List<Source> sources;
  private final Instant createdAt = Instant.now();
  private final List<FileStatus> files = new ArrayList<>();
  private long startedNanos;
  private long workedNanos;
  private boolean finished;
  private volatile boolean cancelled;

  IngestionJob(String collection, @Nullable String language, List<Source> sources) {
    this.collection = collection;
    this.language = language;
    this.sources = List.copyOf(sources);
    for (Source source : sources) {
      files.add(new FileStatus(source.name(), FileState.WAITING, 0, null));
    }
  }

  synchronized Job snapshot() {
    int passages = files.stream().mapToInt(FileStatus::passages).sum();
    long nanos =
        workedNanos > 0 ? workedNanos : startedNanos == 0 ? 0 : System.nanoTime() - startedNanos;
    double rate = nanos == 0 ? 0 : passages / (nanos / 1e9);
    return new Job(id, collection, createdAt, finished, files, passages, rate);
  }

  synchronized void running(int file) {
    if (startedNanos == 0) {
      startedNanos = System.nanoTime();
    }
    set(file, FileState.RUNNING, 0, null);
  }

  synchronized void encoded(int file, int passages) {
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
    workedNanos = startedNanos == 0 ? 0 : Math.max(1, System.nanoTime() - startedNanos);
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  private void set(int file, FileState state, int passages, @Nullable String error) {
    files.set(file, new FileStatus(files.get(file).name(), state, passages, error));
  }
}
