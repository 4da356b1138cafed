package io.kvasir.onnx;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.kvasir.encode.Batches;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.EncoderModel;
import io.kvasir.encode.EncodingThread;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * An encoder on ONNX Runtime. Its native calls happen on one thread of its own, questions before
 * waiting passages; callable from any thread.
 */
public final class OnnxEncoder implements Encoder {
  private final EncoderModel model;
  private final NativeTokenizer tokenizer;
  private final EncoderSession session;
  private final EncodingThread thread;
  private final int vocabulary;

  private OnnxEncoder(
      EncoderModel model, NativeTokenizer tokenizer, int vocabulary, EncoderSession session) {
    this.model = model;
    this.vocabulary = vocabulary;
    this.tokenizer = tokenizer;
    this.session = session;
    this.thread = new EncodingThread("encoder-" + model.description().name());
  }

  /**
   * Loads an encoder and checks its graph.
   *
   * @param threads processor threads of a native call
   */
  public static OnnxEncoder open(EncoderModel model, int threads) {
    try {
      byte[] words = resource(model.tokenizer());
      byte[] graph = resource(model.graph());
      int vocabulary = vocabulary(words);
      // No padding and no truncation: its own file says 128 tokens, and counting needs them all.
      NativeTokenizer tokenizer =
          NativeTokenizer.of(words, Map.of("padding", "false", "truncation", "false"));
      try {
        return new OnnxEncoder(
            model, tokenizer, vocabulary, EncoderSession.open(model.description(), graph, threads));
      } catch (OrtException | RuntimeException e) {
        tokenizer.close();
        throw e;
      }
    } catch (IOException | OrtException e) {
      throw new ProblemException(
          Kind.UNAVAILABLE,
          "the encoder %s cannot be loaded: %s".formatted(model.description().name(), Reason.of(e)),
          String.valueOf(e.getMessage()),
          e);
    }
  }

  /** What it computes with. */
  EncoderSession session() {
    return session;
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream resource = OnnxEncoder.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IOException("the build left out " + name);
      }
      return resource.readAllBytes();
    }
  }

  /** The native tokenizer does not tell; its file does. */
  private static int vocabulary(byte[] tokenizer) throws IOException {
    return new ObjectMapper().readTree(tokenizer).path("model").path("vocab").size();
  }

  @Override
  public Description description() {
    return model.description();
  }

  @Override
  public int countTokens(String text) {
    return tokenizer.ids(prepared(text), false).length;
  }

  @Override
  public CompletionStage<float[]> encodeQuestion(String question) {
    CompletableFuture<float[]> embedding = thread.promise();
    queue(
        embedding,
        () ->
            thread.question(
                () ->
                    attempt(
                        embedding,
                        () ->
                            embedding.complete(
                                encode(new long[][] {ids(model.questionPrefix() + question)})[
                                    0]))));
    return embedding;
  }

  @Override
  public CompletionStage<List<float[]>> encodePassages(List<String> texts) {
    List<String> copied = List.copyOf(texts);
    return encodeAll(() -> copied.stream().map(this::ids).toArray(long[][]::new), copied.isEmpty());
  }

  @Override
  public int vocabulary() {
    return vocabulary;
  }

  @Override
  public CompletionStage<List<float[]>> encodeTokens(List<int[]> tokens) {
    List<int[]> copied = List.copyOf(tokens);
    return encodeAll(
        () -> copied.stream().map(this::marked).toArray(long[][]::new), copied.isEmpty());
  }

  private CompletionStage<List<float[]>> encodeAll(Supplier<long[][]> ids, boolean empty) {
    if (empty) {
      return CompletableFuture.completedFuture(List.of());
    }
    CompletableFuture<List<float[]>> embeddings = thread.promise();
    queue(
        embeddings,
        () -> thread.request(() -> attempt(embeddings, () -> queueBatches(ids.get(), embeddings))));
    return embeddings;
  }

  private void queueBatches(long[][] ids, CompletableFuture<List<float[]>> embeddings) {
    List<int[]> batches = Batches.of(Arrays.stream(ids).mapToInt(each -> each.length).toArray());
    float[][] encoded = new float[ids.length][];
    int last = batches.size() - 1;
    for (int i = 0; i <= last; i++) {
      int[] batch = batches.get(i);
      boolean ends = i == last;
      thread.batch(
          () -> {
            // After a failed batch, or when the caller gave up, the others are of no use.
            if (!embeddings.isDone()) {
              attempt(
                  embeddings,
                  () -> {
                    encode(ids, batch, encoded);
                    if (ends) {
                      embeddings.complete(List.of(encoded));
                    }
                  });
            }
          });
    }
  }

  private void encode(long[][] ids, int[] batch, float[][] encoded) throws OrtException {
    float[][] vectors = encode(Arrays.stream(batch).mapToObj(at -> ids[at]).toArray(long[][]::new));
    for (int i = 0; i < batch.length; i++) {
      encoded[batch[i]] = vectors[i];
    }
  }

  private float[][] encode(long[][] ids) throws OrtException {
    return session.encode(ids, model.pooling());
  }

  /** long[tokens] with the encoder's marks, cut to what it reads. */
  long[] ids(String text) {
    return cut(tokenizer.ids(prepared(text), true));
  }

  /** long[tokens] with the encoder's marks around given ones, cut to what it reads. */
  private long[] marked(int[] tokens) {
    long[] marks = tokenizer.ids("", true);
    long[] ids = new long[tokens.length + 2];
    ids[0] = marks[0];
    for (int i = 0; i < tokens.length; i++) {
      ids[i + 1] = tokens[i];
    }
    ids[ids.length - 1] = marks[marks.length - 1];
    return cut(ids);
  }

  private long[] cut(long[] ids) {
    int limit = model.description().maxTokens();
    if (ids.length <= limit) {
      return ids;
    }
    long[] cut = Arrays.copyOf(ids, limit);
    cut[limit - 1] = ids[ids.length - 1];
    return cut;
  }

  private String prepared(String text) {
    return model.lowerCase() ? text.toLowerCase(Locale.ROOT) : text;
  }

  private static void queue(CompletableFuture<?> result, Runnable queueing) {
    try {
      queueing.run();
    } catch (ProblemException e) {
      result.completeExceptionally(e);
    }
  }

  private void attempt(CompletableFuture<?> result, Work work) {
    try {
      work.run();
    } catch (ProblemException refused) {
      result.completeExceptionally(refused);
    } catch (OrtException | RuntimeException e) {
      result.completeExceptionally(
          new ProblemException(
              Kind.INTERNAL,
              "the encoder %s failed: %s".formatted(model.description().name(), Reason.of(e)),
              String.valueOf(e.getMessage()),
              e));
    }
  }

  /**
   * Waits for the batch that runs and frees what it ran on; whatever else was asked for fails as
   * UNAVAILABLE. A second time does nothing.
   */
  @Override
  public void close() {
    thread.close();
    session.close();
    tokenizer.close();
  }

  /** Something that runs on the encoder's thread. */
  private interface Work {
    void run() throws OrtException;
  }
}
