package io.kvasir.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OrtException;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.kvasir.encode.Batches;
import io.kvasir.encode.CrossEncoder;
import io.kvasir.encode.EncodingThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A cross-encoder on ONNX Runtime, from a folder with its graph and its tokenizer as they are
 * published. A pair is read as the tokenizer puts it together ([CLS] question [SEP] passage [SEP]);
 * a passage that is too long loses its end. Its native calls happen on one thread of its own.
 */
public final class OnnxCrossEncoder implements CrossEncoder {
  /** The most tokens of a pair: what BERT-like models have positions for. */
  public static final int MAX_TOKENS = 512;

  private static final String GRAPH = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";

  private final HuggingFaceTokenizer tokenizer;
  private final PairSession session;
  private final EncodingThread thread;

  private OnnxCrossEncoder(HuggingFaceTokenizer tokenizer, PairSession session) {
    this.tokenizer = tokenizer;
    this.session = session;
    this.thread = new EncodingThread("cross-encoder");
  }

  /**
   * Loads one and checks its graph.
   *
   * @param folder with {@code model.onnx} and {@code tokenizer.json}
   * @param threads processor threads of a native call
   * @throws ProblemException INVALID if there is none in it
   */
  public static OnnxCrossEncoder open(Path folder, int threads) {
    for (String file : List.of(GRAPH, TOKENIZER)) {
      if (!Files.isReadable(folder.resolve(file))) {
        throw new ProblemException(
            Kind.INVALID,
            "%s is no cross-encoder: %s is missing or cannot be read".formatted(folder, file));
      }
    }
    try {
      PairSession session = PairSession.open(folder.resolve(GRAPH), threads);
      try {
        return new OnnxCrossEncoder(
            HuggingFaceTokenizer.newInstance(
                folder.resolve(TOKENIZER), Map.of("padding", "false", "truncation", "false")),
            session);
      } catch (IOException | RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (ProblemException e) {
      throw e;
    } catch (IOException | OrtException | RuntimeException e) {
      throw new ProblemException(
          Kind.INVALID,
          "the cross-encoder in %s cannot be loaded: %s".formatted(folder, Reason.of(e)),
          String.valueOf(e.getMessage()),
          e);
    }
  }

  @Override
  public CompletionStage<List<Double>> scores(String question, List<String> passages) {
    List<String> copied = List.copyOf(passages);
    CompletableFuture<List<Double>> scores = thread.promise();
    try {
      thread.request(
          () -> {
            try {
              scores.complete(read(question, copied));
            } catch (OrtException | RuntimeException e) {
              scores.completeExceptionally(
                  new ProblemException(
                      Kind.INTERNAL,
                      "the cross-encoder failed: " + Reason.of(e),
                      String.valueOf(e.getMessage()),
                      e));
            }
          });
    } catch (ProblemException refused) {
      scores.completeExceptionally(refused);
    }
    return scores;
  }

  private List<Double> read(String question, List<String> passages) throws OrtException {
    List<Pair> pairs = passages.stream().map(passage -> pair(question, passage)).toList();
    Double[] scores = new Double[pairs.size()];
    for (int[] batch : Batches.of(pairs.stream().mapToInt(pair -> pair.ids().length).toArray())) {
      float[] found = session.scores(Arrays.stream(batch).mapToObj(pairs::get).toList());
      for (int i = 0; i < batch.length; i++) {
        scores[batch[i]] = (double) found[i];
      }
    }
    return List.of(scores);
  }

  /**
   * What a graph reads of a question and a passage.
   *
   * @param ids long[tokens]
   * @param types long[tokens], which of both each token belongs to
   */
  record Pair(long[] ids, long[] types) {}

  /** A question may take half of the tokens, a passage what is left. */
  Pair pair(String question, String passage) {
    Encoding both = tokenizer.encode(question, passage, true, false);
    long[] ids = both.getIds();
    if (ids.length <= MAX_TOKENS) {
      return new Pair(ids, both.getTypeIds());
    }
    long[] marks = both.getSpecialTokenMask();
    int asked = tokenizer.encode(question, false, false).getIds().length;
    int all = (int) Arrays.stream(marks).filter(mark -> mark == 0).count();
    int room = MAX_TOKENS - (ids.length - all);
    int most = Math.min(asked, Math.max(MAX_TOKENS / 2, room - (all - asked)));
    List<Integer> kept = new ArrayList<>();
    int seen = 0;
    for (int at = 0; at < ids.length; at++) {
      boolean mark = marks[at] == 1;
      boolean fits = seen < asked ? seen < most : seen - asked < room - most;
      if (mark || fits) {
        kept.add(at);
      }
      seen += mark ? 0 : 1;
    }
    long[] types = both.getTypeIds();
    return new Pair(
        kept.stream().mapToLong(at -> ids[at]).toArray(),
        kept.stream().mapToLong(at -> types[at]).toArray());
  }

  @Override
  public void close() {
    thread.close();
    session.close();
    tokenizer.close();
  }
}
