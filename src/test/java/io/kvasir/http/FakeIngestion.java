package io.kvasir.http;

import io.kvasir.core.ProblemException;
import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion;
import io.kvasir.ingest.Task;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Jobs that end at once; what was in the files can be asked for. */
final class FakeIngestion implements Ingestion {
  final Map<String, String> contents = new ConcurrentHashMap<>();
  final List<Job> jobs = new CopyOnWriteArrayList<>();
  final List<String> cancelled = new CopyOnWriteArrayList<>();
  volatile @Nullable Task task;
  volatile boolean full;

  @Override
  public Future<Job> submit(
      Workspace workspace, String collection, Task task, List<Source> sources) {
    if (full) {
      return Future.failedFuture(
          new ProblemException(ProblemException.Kind.BUSY, "The ingestion queue is full."));
    }
    this.task = task;
    for (Source source : sources) {
      try {
        contents.put(source.name(), Files.readString(source.content()));
        if (source.temporary()) {
          Files.delete(source.content());
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    Job job =
        new Job(
            UUID.randomUUID().toString(),
            collection,
            Samples.TIME,
            true,
            sources.stream()
                .map(
                    source ->
                        new FileStatus(
                            source.name(), FileState.DONE, 1, null, List.of("Was read as UTF-8.")))
                .toList(),
            1,
            2.5,
            null,
            false,
            false);
    jobs.add(job);
    return Future.succeededFuture(job);
  }

  @Override
  public Future<Refresh> refresh(Workspace workspace, String collection) {
    return Future.succeededFuture(new Refresh(jobs.get(0), List.of("old.pdf")));
  }

  @Override
  public Future<Job> encode(Workspace workspace, String collection, String encoder) {
    this.task = Task.encode(encoder);
    return Future.succeededFuture(jobs.get(0));
  }

  @Override
  public Future<Job> remember(Workspace workspace, String collection, String decoder) {
    this.task = Task.remember();
    return Future.succeededFuture(jobs.get(0));
  }

  @Override
  public Future<Job> job(Workspace workspace, String id) {
    return jobs.stream()
        .filter(job -> job.id().equals(id))
        .findFirst()
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                Future.failedFuture(
                    new ProblemException(
                        ProblemException.Kind.NOT_FOUND, "There is no job " + id)));
  }

  @Override
  public Future<List<Job>> jobs(Workspace workspace) {
    return Future.succeededFuture(List.copyOf(jobs));
  }

  @Override
  public Future<Void> cancel(Workspace workspace, String id) {
    cancelled.add(id);
    return job(workspace, id).mapEmpty();
  }
}
