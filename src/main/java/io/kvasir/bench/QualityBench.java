package io.kvasir.bench;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.SourceDocument;
import io.kvasir.generate.Decoder;
import io.kvasir.generate.EngineOptions;
import io.kvasir.gguf.DecoderExport;
import io.kvasir.gguf.ExportOptions;
import io.kvasir.gguf.WeightFormat;
import io.kvasir.onnx.BytePairTokenizer;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.weights.ModelManifest;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What each weight format costs in quality and gives in speed: perplexity, same most likely token
 * and divergence from the exact weights over real paragraphs, and tokens a second. The paragraphs
 * are cut as llama.cpp's {@code llama-perplexity} cuts a file, so that what it says of its formats
 * can be compared. Formats take turns, so that a busy machine slows all alike.
 */
public final class QualityBench {
  /** Distinct paragraphs of a set that are read, one behind the other. */
  private static final int PARAGRAPHS = 24;

  /** Tokens that are read together; what follows those of their second half is judged. */
  public static final int WINDOW = 512;

  private static final int JUDGED = WINDOW / 2 - 1;

  private static final int DEPTH = WINDOW;
  private static final int ROUNDS = 5;
  private static final int STEPS = 24;
  private static final int[] NOBODY_WATCHES = {};

  private static final EngineOptions ONE_SLOT =
      EngineOptions.DEFAULTS.withCache(1, DEPTH + STEPS).withQueue(0).withPasses(DEPTH, 2);

  /** A weight format, its decoder and what was measured of it. */
  private static final class Contender {
    final String name;
    final long bytes;
    final Decoder decoder;
    final List<Double> prefills = new ArrayList<>();
    final List<Double> steps = new ArrayList<>();
    double surprise;
    double divergence;
    int same;

    Contender(String name, long bytes, Decoder decoder) {
      this.name = name;
      this.bytes = bytes;
      this.decoder = decoder;
    }
  }

  private final Path gguf;
  private final Path work;

  /**
   * A bench of one file.
   *
   * @param gguf the weights
   * @param work an empty folder for the exports, several times the file's size
   */
  public QualityBench(Path gguf, Path work) {
    this.gguf = gguf;
    this.work = work;
  }

  /** Measures every format over the first paragraphs of a set and prints a table. Blocks. */
  public void run(Dataset set, PrintStream out) throws IOException {
    List<Contender> contenders = new ArrayList<>();
    try {
      contenders.add(contender(WeightFormat.FLOAT32, false, AttentionPrecision.FLOAT32));
      contenders.add(contender(WeightFormat.INT8_BLOCK32, false, AttentionPrecision.FLOAT32));
      contenders.add(contender(WeightFormat.INT8_BLOCK32, true, AttentionPrecision.FLOAT32));
      contenders.add(contender(WeightFormat.INT8_BLOCK32, true, AttentionPrecision.FLOAT16));
      contenders.add(contender(WeightFormat.INT8_BLOCK64, true, AttentionPrecision.FLOAT32));
      List<int[]> windows = windows(text(set), work.resolve(contenders.get(0).name));
      for (int[] window : windows) {
        compare(contenders, window);
      }
      for (int round = 0; round < ROUNDS; round++) {
        for (Contender contender : contenders) {
          time(contender, windows.get(0));
        }
      }
      print(contenders, windows.size(), out);
    } finally {
      contenders.forEach(contender -> contender.decoder.close());
    }
  }

  private Contender contender(WeightFormat format, boolean fused, AttentionPrecision attention)
      throws IOException {
    ExportOptions options =
        ExportOptions.of("bench", "0".repeat(64)).with(format, fused).with(attention);
    String name = options.numbers() + (fused ? ", gate and up fused" : "");
    Path folder = work.resolve(name);
    ModelManifest manifest = DecoderExport.export(gguf, folder, options, share -> {});
    long bytes = Files.size(folder.resolve("model.onnx.data"));
    return new Contender(name, bytes, OnnxDecoders.decoder(folder, manifest, ONE_SLOT));
  }

  /** The paragraphs of a set that are read, as one text. */
  public static String text(Dataset set) {
    return set.documents().stream()
        .map(SourceDocument::text)
        .limit(PARAGRAPHS)
        .collect(Collectors.joining("\n\n"));
  }

  private static List<int[]> windows(String text, Path folder) {
    try (BytePairTokenizer tokenizer = BytePairTokenizer.load(folder.resolve("tokenizer.json"))) {
      int[] ids = tokenizer.encode(text);
      List<int[]> windows = new ArrayList<>();
      for (int begin = 0; begin + WINDOW <= ids.length; begin += WINDOW) {
        windows.add(Arrays.copyOfRange(ids, begin, begin + WINDOW));
      }
      if (windows.isEmpty()) {
        throw new ProblemException(
            ProblemException.Kind.INVALID,
            "the set's first %d paragraphs have %d tokens; name one with %d or more"
                .formatted(PARAGRAPHS, ids.length, WINDOW));
      }
      return windows;
    }
  }

  /** The first contender is the reference of the others. */
  private static void compare(List<Contender> contenders, int[] ids) {
    float[] row = new float[contenders.get(0).decoder.shape().vocabulary()];
    double[][] reference = new double[JUDGED][];
    for (Contender contender : contenders) {
      Decoder.Pass pass = contender.decoder.read(0, 0, ids, JUDGED + 1, NOBODY_WATCHES);
      for (int at = 0; at < JUDGED; at++) {
        pass.logits(at, row);
        double[] logs = logarithms(row);
        if (contender == contenders.get(0)) {
          reference[at] = logs;
        }
        double[] exact = reference[at];
        contender.same += largest(logs) == largest(exact) ? 1 : 0;
        for (int token = 0; token < row.length; token++) {
          contender.divergence += Math.exp(exact[token]) * (exact[token] - logs[token]);
        }
        contender.surprise -= logs[ids[WINDOW - JUDGED + at]];
      }
    }
  }

  private static double[] logarithms(float[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      most = Math.max(most, logit);
    }
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - most);
    }
    double shift = most + Math.log(sum);
    double[] logs = new double[logits.length];
    for (int token = 0; token < logs.length; token++) {
      logs[token] = logits[token] - shift;
    }
    return logs;
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int index = 1; index < values.length; index++) {
      best = values[index] > values[best] ? index : best;
    }
    return best;
  }

  private static void time(Contender contender, int[] ids) {
    long begin = System.nanoTime();
    contender.decoder.read(0, 0, ids, 1, NOBODY_WATCHES);
    contender.prefills.add(ids.length / seconds(begin));
    for (int step = 0; step < STEPS; step++) {
      begin = System.nanoTime();
      contender.decoder.step(
          0, new int[] {ids.length + step}, new int[] {ids[step]}, NOBODY_WATCHES);
      contender.steps.add(1 / seconds(begin));
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private static void print(List<Contender> contenders, int windows, PrintStream out) {
    int tokens = windows * JUDGED;
    out.printf(
        "%,d tokens, the second halves of %d windows; speed at T=%d%n", tokens, windows, DEPTH);
    out.println("| format | MB | perplexity | same top-1 | KL | prefill tok/s | decode tok/s |");
    out.println("|---|---|---|---|---|---|---|");
    for (Contender contender : contenders) {
      out.printf(
          "| %s | %d | %.2f | %.3f | %.4f | %.0f | %.0f |%n",
          contender.name,
          contender.bytes / 1_000_000,
          Math.exp(contender.surprise / tokens),
          (double) contender.same / tokens,
          contender.divergence / tokens,
          median(contender.prefills),
          median(contender.steps));
    }
  }
}
