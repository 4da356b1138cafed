package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.retrieve.Encodings;
import io.kvasir.retrieve.Encodings.Encoding;
import io.kvasir.retrieve.Encodings.PassageVector;
import io.kvasir.retrieve.Encodings.Unencoded;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;

/**
 * Encodes a collection's passages with another encoder, batch by batch, and lets that one answer
 * when none lacks. What is encoded stays when it is broken off: the next time goes on from there.
 * Blocks its caller's thread.
 */
final class CollectionEncoding {
  private final Encodings encodings;
  private final Encoders encoders;

  CollectionEncoding(Encodings encodings, Encoders encoders) {
    this.encodings = encodings;
    this.encoders = encoders;
  }

  /**
   * Encodes.
   *
   * @param named the encoder
   * @param steps waits for what others do
   * @param progress told how many passages have their vector
   * @return how many those are at the end
   * @throws ProblemException with what is wrong
   * @throws CancellationException if the job was stopped
   * @throws InterruptedException if this thread is to end
   */
  FileIngestion.Ingested run(IngestionJob job, String named, JobSteps steps, IntConsumer progress)
      throws InterruptedException {
    Encoder encoder = encoders.named(named);
    Encoding encoding =
        steps.stored(
            () ->
                encodings.begin(
                    job.workspace(), job.collection(), named, encoder.description().dimensions()));
    int encoded = encoding.passages();
    int cut = 0;
    do {
      long last = 0;
      List<Unencoded> batch = next(encoding, last, steps);
      while (!batch.isEmpty()) {
        progress.accept(encoded);
        encode(encoding, encoder, batch, steps);
        encoded += batch.size();
        cut += longer(encoder, batch);
        last = batch.get(batch.size() - 1).passage();
        batch = next(encoding, last, steps);
      }
      progress.accept(encoded);
    } while (!steps.stored(() -> encodings.serve(encoding)));
    return new FileIngestion.Ingested(encoded, notes(encoder, cut));
  }

  private List<Unencoded> next(Encoding encoding, long after, JobSteps steps)
      throws InterruptedException {
    return steps.stored(() -> encodings.missing(encoding, after, DocumentPassages.BATCH));
  }

  private void encode(Encoding encoding, Encoder encoder, List<Unencoded> batch, JobSteps steps)
      throws InterruptedException {
    List<float[]> embeddings =
        steps.encoded(encoder.encodePassages(batch.stream().map(Unencoded::key).toList()));
    List<PassageVector> vectors = new ArrayList<>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      vectors.add(new PassageVector(batch.get(i).passage(), embeddings.get(i)));
    }
    steps.stored(() -> encodings.add(encoding, vectors));
  }

  private static int longer(Encoder encoder, List<Unencoded> batch) {
    int most = encoder.description().maxTokens() - Splitter.ENCODER_MARKS;
    return (int)
        batch.stream().filter(passage -> encoder.countTokens(passage.key()) > most).count();
  }

  private static List<String> notes(Encoder encoder, int cut) {
    return cut == 0
        ? List.of()
        : List.of(
            "%d passages are longer than %s reads; their ends are not in their vectors. Documents that are given again are cut to its measure."
                .formatted(cut, encoder.description().name()));
  }
}
