package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.kvasir.ingest.JobStore.Begun;
import io.kvasir.ingest.ReadingTurns.Turn;
import io.kvasir.retrieve.Library.Original;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Does a job: its files in order, each with an outcome of its own. Blocks its caller's thread. */
final class JobWork {
  /** After so many servers that ended over a file nobody reads it again. */
  static final int MOST_ATTEMPTS = 3;

  private static final System.Logger LOG = System.getLogger(JobWork.class.getName());

  private final FileIngestion files;
  private final CollectionEncoding encoding;
  private final CollectionRemembering remembering;
  private final JobStore store;
  private final FileCopies copies;
  private final ReadingTurns turns = new ReadingTurns();

  JobWork(
      FileIngestion files,
      CollectionEncoding encoding,
      CollectionRemembering remembering,
      JobStore store,
      FileCopies copies) {
    this.files = files;
    this.encoding = encoding;
    this.remembering = remembering;
    this.store = store;
    this.copies = copies;
  }

  /** Does what is not over of a job, until it is finished or dropped. */
  void run(IngestionJob job) {
    JobSteps steps = new JobSteps(store, job);
    Set<String> names = new HashSet<>();
    for (int file = 0; file < job.size() && !job.isDropped(); file++) {
      boolean first = names.add(job.name(file));
      if (job.isOver(file)) {
        continue;
      }
      if (first) {
        ingest(job, file, steps);
      } else {
        job.failed(file, "another file of this upload has the same name; rename one");
      }
    }
    if (!job.isDropped()) {
      // At once: done again after a kill, it could replace what was given since.
      keep(() -> job.keepEnded(store::save), steps);
      job.finish();
    }
  }

  private static void keep(Supplier<Future<JobStore.Standing>> keeping, JobSteps steps) {
    try {
      steps.stored(keeping);
    } catch (InterruptedException | CancellationException | ProblemException e) {
      LOG.log(System.Logger.Level.DEBUG, "the state of a job is kept with the next beat", e);
    }
  }

  private void ingest(IngestionJob job, int file, JobSteps steps) {
    outcome(
        job,
        file,
        () -> {
          requireHope(job.begun(file));
          switch (job.task().work()) {
            case READ, READ_AGAIN -> ingestInTurn(job, file, steps);
            case ENCODE -> whole(job, file, steps, encoding::run);
            case REMEMBER -> whole(job, file, steps, remembering::run);
          }
        });
  }

  /** What is done for a file. */
  private interface Attempt {
    void run() throws IOException, InterruptedException;
  }

  private static void outcome(IngestionJob job, int file, Attempt attempt) {
    try {
      attempt.run();
    } catch (InterruptedException | CancellationException e) {
      fail(job, file, "cancelled");
    } catch (ProblemException e) {
      if (e.kind() == Kind.INTERNAL) {
        LOG.log(System.Logger.Level.WARNING, "ingesting " + job.name(file), e);
      }
      fail(job, file, e.told());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "ingesting " + job.name(file), e);
      fail(job, file, "cannot be read: " + Reason.of(e));
    } catch (RuntimeException e) {
      // A file that nobody foresaw must not end ingestion for all others.
      LOG.log(System.Logger.Level.WARNING, "ingesting " + job.name(file), e);
      fail(job, file, "could not be ingested: " + Reason.of(e));
    }
  }

  /** What breaks because the job was stopped is no fault of the file; a dropped job stays as is. */
  private static void fail(IngestionJob job, int file, String error) {
    if (!job.isDropped()) {
      job.failed(file, job.isStopped() ? "cancelled" : error);
    }
  }

  private static void requireHope(Begun begun) {
    if (begun.attempts() >= MOST_ATTEMPTS) {
      throw new ProblemException(
          Kind.INVALID,
          "%d servers ended while they read it; see their logs, or split the file"
              .formatted(begun.attempts()));
    }
  }

  private static void requireThere(IngestionJob job, Original copy) {
    if (job.isAgain() && copy.bytes() == 0) {
      throw new ProblemException(
          Kind.CONFLICT, "was deleted or replaced meanwhile; what is there now stays");
    }
  }

  /** What becomes of a suspected file is kept before the next begins that may end the server. */
  private void ingestInTurn(IngestionJob job, int file, JobSteps steps)
      throws InterruptedException {
    boolean suspected = job.begun(file).attempts() > 0;
    try (Turn turn = turns.take(job, suspected)) {
      outcome(job, file, () -> read(job, file, steps, turn));
      if (suspected && !job.isDropped()) {
        keep(() -> job.keep(store::save), steps);
      }
    }
  }

  private void read(IngestionJob job, int file, JobSteps steps, Turn turn)
      throws IOException, InterruptedException {
    Original copy = copies.copy(job, file, steps);
    try {
      requireThere(job, copy);
      steps.goOnIf(steps.stored(() -> store.begin(job.id(), file)));
      job.begin(file);
      FileIngestion.Ingested ingested =
          files.ingest(
              job,
              job.name(file),
              copy,
              steps,
              passages -> {
                job.progress(file, passages);
                if (passages > job.begun(file).passages()) {
                  turn.letOthersIn();
                }
              });
      job.done(file, ingested.passages(), ingested.notes());
    } finally {
      FileCopies.delete(copy.content());
    }
  }

  /** What is done with all passages of a collection. */
  private interface WholeCollection {
    FileIngestion.Ingested run(IngestionJob job, String named, JobSteps steps, IntConsumer progress)
        throws InterruptedException;
  }

  private void whole(IngestionJob job, int file, JobSteps steps, WholeCollection work)
      throws InterruptedException {
    steps.goOnIf(steps.stored(() -> store.begin(job.id(), file)));
    job.begin(file);
    FileIngestion.Ingested done =
        work.run(job, job.name(file), steps, passages -> job.progress(file, passages));
    job.done(file, done.passages(), done.notes());
  }
}
