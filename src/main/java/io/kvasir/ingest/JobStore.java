package io.kvasir.ingest;

import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where jobs and their files are kept until they are done, for all servers alike: what is kept here
 * outlives the server that accepted it. Callable from any thread.
 */
public interface JobStore {
  /**
   * A job that this server is to do, since the one that had it is gone.
   *
   * @param job how far it came
   * @param language of a new collection; null to detect it
   * @param attempts how many servers have begun it, this one included
   * @param cancelled whether somebody asked for its end
   */
  record TakenOver(Job job, @Nullable String language, int attempts, boolean cancelled) {}

  /** What became of a job while this server did it. */
  enum Standing {
    /** Go on. */
    OURS,
    /** Somebody asked for its end. */
    CANCELLED,
    /** Another server took it, since this one gave no sign of life. */
    LOST
  }

  /** Keeps a job of this server and its files; completes when a crash cannot lose them. */
  Future<Void> add(Job job, @Nullable String language, List<Source> sources);

  /** Keeps how far a job came, and no longer the files that are done with. */
  Future<Standing> save(Job job);

  /** Gives a job back, for another server to go on from here. */
  Future<Void> handBack(Job job);

  /** Takes the oldest job that no living server does, if there is one. */
  Future<Optional<TakenOver>> takeOver();

  /** Writes a file of a job, by its place in the job, to a local path. */
  Future<Void> copy(String job, int file, Path target);

  /** A job; NOT_FOUND if there is none. */
  Future<Job> job(String id);

  /** The last jobs, newest first. */
  Future<List<Job>> jobs(int limit);

  /** Asks the server that does a job to end it; NOT_FOUND if there is none. */
  Future<Void> cancel(String id);
}
