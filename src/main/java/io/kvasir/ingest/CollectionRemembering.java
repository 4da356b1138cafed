package io.kvasir.ingest;

import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.memory.PassageReader;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/**
 * Has a decoder read a collection's passages, one after the other, and their keys and values kept.
 * What is kept stays when it is broken off: the next time goes on from there. Blocks its caller's
 * thread.
 */
final class CollectionRemembering {
  private final PassageReader reader;

  CollectionRemembering(PassageReader reader) {
    this.reader = reader;
  }

  /**
   * Reads.
   *
   * @param decoder its name
   * @param steps waits for what others do
   * @param progress told how many passages are kept
   * @return how many those are at the end
   * @throws ProblemException with what is wrong
   * @throws CancellationException if the job was stopped
   * @throws InterruptedException if this thread is to end
   */
  FileIngestion.Ingested run(IngestionJob job, String decoder, JobSteps steps, IntConsumer progress)
      throws InterruptedException {
    int kept = 0;
    int left = 0;
    long last = 0;
    List<Passage> batch = next(job, last, steps);
    while (!batch.isEmpty()) {
      for (Passage passage : batch) {
        boolean there =
            steps.stored(() -> reader.keep(job.workspace(), job.collection(), decoder, passage));
        kept += there ? 1 : 0;
        left += there ? 0 : 1;
        progress.accept(kept);
        last = passage.id();
      }
      batch = next(job, last, steps);
    }
    return new FileIngestion.Ingested(kept, notes(left));
  }

  private List<Passage> next(IngestionJob job, long after, JobSteps steps)
      throws InterruptedException {
    return steps.stored(
        () -> reader.next(job.workspace(), job.collection(), after, DocumentPassages.BATCH));
  }

  private static List<String> notes(int left) {
    return left == 0
        ? List.of()
        : List.of(
            "%d passages are not kept: they were deleted meanwhile, or the collection keeps no keys and values any more."
                .formatted(left));
  }
}
