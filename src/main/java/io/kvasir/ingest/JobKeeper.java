package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.JobStore.Standing;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Keeps how far this server's jobs are, hears of those that were cancelled or lost, and takes over
 * those that no living server does; all of it again and again, on a thread of its own.
 */
final class JobKeeper {
  /** How often. */
  static final int BEAT_MILLISECONDS = 1_000;

  /**
   * How long nothing is taken over after the store was away: others that live had no way to say so
   * meanwhile, and say it first.
   */
  static final Duration OTHERS_RETURN = Duration.ofSeconds(10);

  /** A store that took longer for a beat was away. */
  private static final Duration SLOW_BEAT = Duration.ofSeconds(5);

  private static final int STORE_SECONDS = 60;
  private static final System.Logger LOG = System.getLogger(JobKeeper.class.getName());

  private final IngestionQueue queue;
  private final JobStore store;
  private final Set<String> arriving;
  private final Map<String, Job> saved = new HashMap<>();
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "ingestion-beat"));
  private boolean away;
  private long takeOverFromNanos = System.nanoTime();

  /**
   * Begins.
   *
   * @param arriving jobs that are about to come into the queue
   */
  JobKeeper(IngestionQueue queue, JobStore store, Set<String> arriving) {
    this.queue = queue;
    this.store = store;
    this.arriving = arriving;
    var unused =
        beat.scheduleWithFixedDelay(
            this::beatOrWarn, BEAT_MILLISECONDS, BEAT_MILLISECONDS, TimeUnit.MILLISECONDS);
  }

  private void beatOrWarn() {
    long begunNanos = System.nanoTime();
    try {
      keepStates();
      if (System.nanoTime() - begunNanos > SLOW_BEAT.toNanos()) {
        waitForOthers();
      }
      if (away) {
        LOG.log(System.Logger.Level.INFO, "the store of ingestion jobs answers again");
        away = false;
      }
      if (System.nanoTime() - takeOverFromNanos >= 0) {
        takeOver();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ProblemException e) {
      waitForOthers();
      if (!away) {
        LOG.log(System.Logger.Level.WARNING, "ingestion: " + e.getMessage());
        away = true;
      }
    } catch (RuntimeException defect) {
      // Thrown out of here, it would end the beat for good.
      LOG.log(System.Logger.Level.ERROR, "ingestion", defect);
    }
  }

  private void waitForOthers() {
    takeOverFromNanos = System.nanoTime() + OTHERS_RETURN.toNanos();
  }

  private void keepStates() throws InterruptedException {
    List<Job> jobs = queue.jobs();
    saved.keySet().retainAll(jobs.stream().map(Job::id).toList());
    for (Job job : jobs) {
      Job before = saved.get(job.id());
      if (before != null && before.finished()) {
        continue;
      }
      Standing standing =
          await(job.equals(before) ? store.standing(job.id()) : keep(job, store::save));
      if (standing == Standing.LOST) {
        LOG.log(System.Logger.Level.WARNING, "another server took the ingestion job " + job.id());
        queue.forget(job.id());
        continue;
      }
      saved.put(job.id(), job);
      if (standing == Standing.CANCELLED) {
        queue.cancel(job.id());
      }
    }
  }

  private <T> Future<T> keep(Job job, Function<Job, Future<T>> how) {
    return queue.find(job.id()).map(here -> here.keep(how)).orElseGet(() -> how.apply(job));
  }

  private void takeOver() throws InterruptedException {
    Set<String> own = new HashSet<>(arriving);
    queue.jobs().forEach(job -> own.add(job.id()));
    var found = await(store.takeOver(own));
    if (found.isEmpty()) {
      return;
    }
    IngestionJob job = new IngestionJob(found.get());
    if (arriving.contains(job.id()) || queue.find(job.id()).isPresent()) {
      return; // It was kept between the two looks above.
    }
    LOG.log(System.Logger.Level.INFO, "taking over the ingestion job " + job.id());
    queue.resume(job);
    if (found.get().cancelled()) {
      queue.cancel(job.id());
    }
  }

  /** Ends what runs and gives it back, for another server to go on. Blocks for some seconds. */
  void close() {
    beat.shutdown();
    try {
      if (!beat.awaitTermination(STORE_SECONDS, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.WARNING, "the store of ingestion jobs does not answer");
      }
      queue.close();
      for (Job job : queue.jobs()) {
        if (!job.finished()) {
          await(keep(job, store::handBack));
        } else if (!job.equals(saved.get(job.id()))) {
          await(keep(job, store::save));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ProblemException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "jobs were not given back; another server takes them over: " + e.getMessage());
    }
  }

  private static <T> T await(Future<T> future) throws InterruptedException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(STORE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ProblemException problem) {
        throw problem;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE, "the store of ingestion jobs does not answer", e);
    }
  }
}
