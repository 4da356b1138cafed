package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Jobs in memory, of one server. */
final class MemoryJobs implements JobStore {
  private final Map<String, Job> jobs =
      Collections.synchronizedMap(new java.util.LinkedHashMap<>());
  private final Map<String, List<byte[]>> files = new ConcurrentHashMap<>();
  private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

  @Override
  public Future<Void> add(Workspace workspace, Job job, Task task, List<Source> sources) {
    List<byte[]> contents = new ArrayList<>();
    try {
      for (Source source : sources) {
        contents.add(Files.readAllBytes(source.content()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.put(job.id(), contents);
    jobs.put(job.id(), job);
    return Future.succeededFuture();
  }

  @Override
  public Future<Standing> standing(String job) {
    return Future.succeededFuture(cancelled.contains(job) ? Standing.CANCELLED : Standing.OURS);
  }

  @Override
  public Future<Standing> save(Job job) {
    jobs.put(job.id(), job);
    return standing(job.id());
  }

  @Override
  public Future<Standing> begin(String job, int file) {
    return standing(job);
  }

  @Override
  public Future<Void> handBack(Job job) {
    return save(job).mapEmpty();
  }

  @Override
  public Future<Optional<TakenOver>> takeOver(Set<String> own) {
    return Future.succeededFuture(Optional.empty());
  }

  @Override
  public Future<byte[]> piece(String job, int file, int piece) {
    return Future.succeededFuture(piece == 0 ? files.get(job).get(file) : new byte[0]);
  }

  @Override
  public Future<Job> job(Workspace workspace, String id) {
    Job job = jobs.get(id);
    return job == null
        ? Future.failedFuture(new ProblemException(Kind.NOT_FOUND, "there is no job " + id))
        : Future.succeededFuture(job);
  }

  @Override
  public Future<List<Job>> jobs(Workspace workspace, int limit) {
    List<Job> newest = new ArrayList<>(jobs.values());
    Collections.reverse(newest);
    return Future.succeededFuture(newest.subList(0, Math.min(limit, newest.size())));
  }

  @Override
  public Future<Void> cancel(Workspace workspace, String id) {
    cancelled.add(id);
    return job(workspace, id).mapEmpty();
  }
}
