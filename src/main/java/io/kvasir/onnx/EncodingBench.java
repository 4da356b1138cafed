package io.kvasir.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.kvasir.core.ProblemException;
import io.kvasir.encode.Batches;
import io.kvasir.encode.EncoderModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How many passages the product's encoder encodes a second, from text to vectors on its own thread,
 * against ONNX Runtime alone on the same batches, whose tokens are ready.
 */
public final class EncodingBench implements AutoCloseable {
  private final OnnxEncoder encoder;
  private final List<String> texts;
  private final List<Map<String, OnnxTensor>> batches = new ArrayList<>();

  /**
   * A bench.
   *
   * @param model which encoder
   * @param texts the passages
   * @param threads of a pass
   */
  public EncodingBench(EncoderModel model, List<String> texts, int threads) {
    this.encoder = OnnxEncoder.open(model, threads);
    this.texts = List.copyOf(texts);
    long[][] ids = texts.stream().map(encoder::ids).toArray(long[][]::new);
    for (int[] batch : Batches.of(Arrays.stream(ids).mapToInt(each -> each.length).toArray())) {
      long[][] together = Arrays.stream(batch).mapToObj(at -> ids[at]).toArray(long[][]::new);
      try {
        batches.add(encoder.session().inputs(together));
      } catch (OrtException e) {
        throw failed(e);
      }
    }
  }

  /** Passages a second from text to vectors, as ingestion has them. Blocks. */
  public double product() {
    long begin = System.nanoTime();
    encoder.encodePassages(texts).toCompletableFuture().join();
    return texts.size() * 1e9 / (System.nanoTime() - begin);
  }

  /** Passages a second of the runtime alone, on the same batches. Blocks. */
  public double runtime() {
    long begin = System.nanoTime();
    for (Map<String, OnnxTensor> batch : batches) {
      try {
        encoder.session().run(batch);
      } catch (OrtException e) {
        throw failed(e);
      }
    }
    return texts.size() * 1e9 / (System.nanoTime() - begin);
  }

  private static ProblemException failed(OrtException e) {
    return new ProblemException(
        ProblemException.Kind.INTERNAL, "the encoder failed: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    batches.forEach(batch -> batch.values().forEach(OnnxTensor::close));
    encoder.close();
  }
}
