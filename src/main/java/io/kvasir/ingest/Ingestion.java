package io.kvasir.ingest;

import io.kvasir.core.Workspace;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes files, turns them into passages and stores those, in the background. A job that was
 * acknowledged is done, whatever becomes of the server that acknowledged it.
 */
public interface Ingestion {
  /** How far a file came. The wire name is the lower case name. */
  enum FileState {
    WAITING,
    RUNNING,
    DONE,
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A file of a job.
   *
   * @param name as it was given
   * @param state how far it came
   * @param passages encoded so far while running; stored when done
   * @param error what is wrong with it, in words; null if nothing
   * @param notes what had to be assumed or left out when it was read, in sentences
   */
  record FileStatus(
      String name, FileState state, int passages, @Nullable String error, List<String> notes) {
    public FileStatus {
      notes = List.copyOf(notes);
    }

    /** A file whose turn has not come. */
    public static FileStatus waiting(String name) {
      return new FileStatus(name, FileState.WAITING, 0, null, List.of());
    }

    /** Whether nothing more will happen to it. */
    public boolean isOver() {
      return state == FileState.DONE || state == FileState.FAILED;
    }
  }

  /**
   * A job as the page shows it.
   *
   * @param id a UUID
   * @param collection where its passages go
   * @param createdAt when it was submitted
   * @param finished whether nothing more will happen
   * @param files each file's state
   * @param passagesDone passages of all files so far
   * @param passagesPerSecond rate so far; 0 before the first
   * @param waiting what holds it up for the moment, in words; null if nothing
   * @param encodes whether it encodes its collection anew; its one file is called like the encoder
   * @param remembers whether a decoder reads its collection's passages and their keys and values
   *     are kept; its one file is called like the decoder
   */
  record Job(
      String id,
      String collection,
      Instant createdAt,
      boolean finished,
      List<FileStatus> files,
      int passagesDone,
      double passagesPerSecond,
      @Nullable String waiting,
      boolean encodes,
      boolean remembers) {
    public Job {
      files = List.copyOf(files);
    }
  }

  /**
   * A file to ingest.
   *
   * @param name what the document will be called; unique within a collection
   * @param content a readable local file; deleted once it is kept if {@code temporary}
   * @param temporary whether the job owns the file
   */
  record Source(String name, Path content, boolean temporary) {}

  /**
   * Queues files; the collection is created with the detected language if there is none of that
   * name. Fails with BUSY if the queue is full.
   *
   * @param task reads them, and says of what sort the collection is if it is new
   */
  Future<Job> submit(Workspace workspace, String collection, Task task, List<Source> sources);

  /**
   * What is read again.
   *
   * @param job does it; null if there is nothing to do
   * @param missing names of documents that an older reader read and whose files are not kept; they
   *     have to be given again
   */
  record Refresh(@Nullable Job job, List<String> missing) {
    public Refresh {
      missing = List.copyOf(missing);
    }
  }

  /**
   * Queues those documents of a collection that an older reader read, as far as their files are
   * kept. NOT_FOUND if there is no such collection, BUSY if the queue is full.
   */
  Future<Refresh> refresh(Workspace workspace, String collection);

  /**
   * Queues the passages of a collection to be encoded with another encoder, which then takes the
   * place of its own; until then that one answers. The job has one file, called like the encoder.
   * NOT_FOUND if there is no such collection or encoder, BUSY if the queue is full.
   */
  Future<Job> encode(Workspace workspace, String collection, String encoder);

  /**
   * Queues the passages of a collection to be read by a decoder, so that their keys and values are
   * there before anybody asks. The job has one file, called like the decoder. NOT_FOUND if there is
   * no such collection, BUSY if the queue is full.
   */
  Future<Job> remember(Workspace workspace, String collection, String decoder);

  /** A job of the last ones; NOT_FOUND if there is none. */
  Future<Job> job(Workspace workspace, String id);

  /** The last jobs, newest first. */
  Future<List<Job>> jobs(Workspace workspace);

  /**
   * Ends a job for good; files already stored stay. Completes when no restart can begin it again;
   * NOT_FOUND if there is none.
   */
  Future<Void> cancel(Workspace workspace, String id);
}
