package io.kvasir.ingest;

import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where jobs and their files are kept until they are done, for all servers alike: what is kept here
 * outlives the server that accepted it. Callable from any thread.
 */
public interface JobStore {
  /**
   * What is known of a file that is not over.
   *
   * @param attempts how many servers ended over it since it last came further
   * @param passages how many of its passages were encoded at the most
   */
  record Begun(int attempts, int passages) {
    /** Of a file that no server began. */
    public static final Begun NEVER = new Begun(0, 0);
  }

  /**
   * A job that this server is to do, since no server that lives does it.
   *
   * @param workspace whose it is
   * @param job how far it came
   * @param task what it is to do
   * @param cancelled whether somebody asked for its end
   * @param begun of its files, by their place in the job, those that were begun
   */
  record TakenOver(
      Workspace workspace, Job job, Task task, boolean cancelled, Map<Integer, Begun> begun) {
    public TakenOver {
      begun = Map.copyOf(begun);
    }
  }

  /** What became of a job while this server did it. */
  enum Standing {
    /** Go on. */
    OURS,
    /** Somebody asked for its end. */
    CANCELLED,
    /** Another server took it, since this one gave no sign of life. */
    LOST
  }

  /**
   * Keeps a job of this server and its files; completes when a crash cannot lose them. Of a job
   * that reads again they are the originals of its collection's documents of the same names, of one
   * that encodes there are none.
   *
   * @param sources the files of a job that reads what was given
   */
  Future<Void> add(Workspace workspace, Job job, Task task, List<Source> sources);

  /** What became of a job that this server does. */
  Future<Standing> standing(String job);

  /** Keeps how far a job came, and no longer the files that are done with. */
  Future<Standing> save(Job job);

  /**
   * Keeps that this server begins to read a file, by its place in the job; if the server ends
   * before the file comes further than ever, that is an attempt.
   */
  Future<Standing> begin(String job, int file);

  /** Gives a job back, for another server to go on from here; the file that runs is no attempt. */
  Future<Void> handBack(Job job);

  /**
   * Takes the oldest job that no living server does, if there is one.
   *
   * @param own what this server does already
   */
  Future<Optional<TakenOver>> takeOver(Set<String> own);

  /** A piece of a file, in order from 0; of no length behind the last. */
  Future<byte[]> piece(String job, int file, int piece);

  /** A job; NOT_FOUND if there is none. */
  Future<Job> job(Workspace workspace, String id);

  /** The last jobs, newest first. */
  Future<List<Job>> jobs(Workspace workspace, int limit);

  /** Asks the server that does a job to end it; NOT_FOUND if there is none. */
  Future<Void> cancel(Workspace workspace, String id);
}
