package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.attend.HeadProbe;
import io.kvasir.attend.HeadRow;
import io.kvasir.attend.MassProbe;
import io.kvasir.attend.ObservedRows;
import io.kvasir.core.AttentionLayer;
import io.kvasir.generate.Decoder;
import io.kvasir.generate.EngineOptions;
import io.kvasir.gguf.GgufFile;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.weights.ManifestFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The graph of every family computes, and its probes see, what a plain forward pass does. */
final class FamilyTest {
  private static final List<AttentionLayer> ALIKE =
      AttentionLayer.alike(TinyGguf.LAYERS, 10_000, TinyGguf.HEAD_SIZE);

  /** As in decoders that look near in one layer and far in another. */
  private static final List<AttentionLayer> DIFFERING =
      List.of(new AttentionLayer(500, 7, 0.2), new AttentionLayer(1_000_000, 0, 0.35));

  private static final List<AttentionLayer> OWN_SCALE =
      Collections.nCopies(TinyGguf.LAYERS, new AttentionLayer(10_000, 0, 0.125));

  private static final int[] WATCHED = IntStream.range(0, TinyGguf.LAYERS).toArray();

  /** Read in chunks that end within, at and behind the window; the rest is stepped. */
  private static final int[] CHUNKS = {0, 4, 11, 30};

  private static final int LENGTH = 40;
  private static final EngineOptions OPTIONS =
      new EngineOptions(1, 2, 64, 8, 16, 4, Duration.ofSeconds(30), List.of());

  @TempDir Path folder;

  private record Row(
      String architecture, PlainForwardPass.Definition definition, List<AttentionLayer> layers) {}

  static Stream<Row> families() {
    return Stream.of(
        new Row("llama", new PlainForwardPass.Definition(true, false), ALIKE),
        new Row("llama", new PlainForwardPass.Definition(true, false), DIFFERING),
        new Row("qwen2", new PlainForwardPass.Definition(false, false), ALIKE),
        new Row("qwen3", new PlainForwardPass.Definition(false, true), ALIKE),
        new Row("granite", new PlainForwardPass.Definition(true, false, 12, 0.25, 4), OWN_SCALE));
  }

  @ParameterizedTest
  @MethodSource("families")
  void graphAndProbesEqualAPlainForwardPass(Row row) throws IOException {
    Path gguf = TinyGguf.write(folder, row.architecture());
    Path model = row.layers() == DIFFERING ? TinyGguf.exact(gguf, DIFFERING) : TinyGguf.exact(gguf);
    int[] ids = new Random(5).ints(LENGTH, 3, TinyGguf.tokens().size()).toArray();
    try (GgufFile file = GgufFile.open(gguf);
        Decoder decoder = OnnxDecoders.decoder(model, ManifestFile.read(model), OPTIONS)) {
      PlainForwardPass plain = new PlainForwardPass(file, row.definition(), row.layers(), LENGTH);
      int[] everyToken = new int[LENGTH];
      Arrays.fill(everyToken, 1);
      MassProbe probe = new MassProbe(decoder.shape().geometry(), WATCHED, everyToken, LENGTH);
      for (int position = 0; position < LENGTH; position++) {
        double[] expected = plain.next(ids[position]);
        int chunk = Arrays.binarySearch(CHUNKS, position + 1);
        Decoder.Pass pass;
        if (chunk > 0) {
          int begin = CHUNKS[chunk - 1];
          int[] read = Arrays.copyOfRange(ids, begin, position + 1);
          pass = decoder.read(0, begin, read, 1, WATCHED);
        } else if (position < CHUNKS[CHUNKS.length - 1]) {
          continue;
        } else {
          pass = decoder.step(0, new int[] {position}, new int[] {ids[position]}, WATCHED);
        }
        float[] logits = new float[expected.length];
        pass.logits(0, logits);
        for (int token = 0; token < logits.length; token++) {
          assertThat((double) logits[token]).isCloseTo(expected[token], within(1e-3));
        }
        assertProbes(probe, decoder, pass, plain.attention, position);
      }
    }
  }

  private static void assertProbes(
      MassProbe probe, Decoder decoder, Decoder.Pass pass, double[][][] attention, int position) {
    double[] mean = new double[position + 1];
    for (int layer = 0; layer < TinyGguf.LAYERS; layer++) {
      float[] queries = new float[decoder.shape().queryWidth()];
      pass.queries(layer, 0, queries);
      probe.observe(layer, decoder.keys(layer, 0), queries.clone(), position + 1);
      double[][] seen = new double[TinyGguf.HEADS][];
      new HeadProbe(decoder.shape().geometry(), new int[] {LENGTH}, List.of(row -> keep(row, seen)))
          .observe(
              new ObservedRows(
                  layer,
                  position,
                  new float[][] {queries},
                  decoder.keys(layer, 0),
                  decoder.values(layer, 0)));
      for (int head = 0; head < TinyGguf.HEADS; head++) {
        assertThat(seen[head]).containsExactly(attention[layer][head], within(1e-4));
        for (int j = 0; j <= position; j++) {
          mean[j] += attention[layer][head][j] / (TinyGguf.LAYERS * TinyGguf.HEADS);
        }
      }
    }
    float[] masses = probe.masses();
    for (int j = 0; j <= position; j++) {
      assertThat((double) masses[j]).isCloseTo(mean[j], within(1e-4));
    }
  }

  private static void keep(HeadRow row, double[][] seen) {
    seen[row.head()] =
        IntStream.range(0, row.length()).mapToDouble(j -> row.attention(j)).toArray();
  }
}
