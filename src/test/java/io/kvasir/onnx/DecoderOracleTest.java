package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.attend.HeadProbe;
import io.kvasir.attend.HeadRow;
import io.kvasir.attend.ObservedRows;
import io.kvasir.generate.Decoder;
import io.kvasir.generate.EngineOptions;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.weights.ManifestFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Decoders of every family give the logits, and their heads the attention, that transformers gives
 * to the same files; decoders.py made both.
 */
final class DecoderOracleTest {
  private static final int VOCABULARY = 64;
  private static final int LAYERS = 2;
  private static final int HEADS = 4;
  private static final int PREFILL = 9;
  private static final EngineOptions OPTIONS =
      new EngineOptions(1, 2, 64, 8, 16, 4, Duration.ofSeconds(30), List.of());

  @TempDir Path folder;

  private record Row(String name, int[] tokens, double[][] logits, double[][][] attention) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Row> rows = new ArrayList<>();
    try (InputStream in = resource("decoders.json")) {
      for (var row : json.readTree(in).get("rows").properties()) {
        JsonNode made = row.getValue();
        rows.add(
            new Row(
                row.getKey(),
                json.treeToValue(made.get("tokens"), int[].class),
                json.treeToValue(made.get("logits"), double[][].class),
                json.treeToValue(made.get("attention"), double[][][].class)));
      }
    }
    return rows.stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void readAtOnce(Row row) throws IOException {
    try (Decoder decoder = decoder(row)) {
      Decoder.Pass pass = decoder.read(0, 0, row.tokens(), row.tokens().length, new int[0]);
      for (int position = 0; position < row.tokens().length; position++) {
        assertLogits(pass, position, row.logits()[position]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void steppedBehindABeginningInTheCache(Row row) throws IOException {
    int[] tokens = row.tokens();
    int[] layers = IntStream.range(0, LAYERS).toArray();
    try (Decoder decoder = decoder(row)) {
      Decoder.Pass pass = decoder.read(0, 0, Arrays.copyOf(tokens, PREFILL), 1, layers);
      assertLogits(pass, 0, row.logits()[PREFILL - 1]);
      for (int position = PREFILL; position < tokens.length; position++) {
        pass = decoder.step(0, new int[] {position}, new int[] {tokens[position]}, layers);
        assertLogits(pass, 0, row.logits()[position]);
      }
      for (int layer = 0; layer < LAYERS; layer++) {
        double[][] seen = attention(decoder, pass, layer, tokens.length);
        for (int head = 0; head < HEADS; head++) {
          assertThat(seen[head]).containsExactly(row.attention()[layer][head], within(1e-4));
        }
      }
    }
  }

  private Decoder decoder(Row row) throws IOException {
    Path gguf = folder.resolve(row.name() + ".gguf");
    try (InputStream in = resource(row.name() + ".gguf")) {
      Files.copy(in, gguf);
    }
    Path model = TinyGguf.exact(gguf);
    return OnnxDecoders.decoder(model, ManifestFile.read(model), OPTIONS);
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        DecoderOracleTest.class.getResourceAsStream("/decoders/" + name), name);
  }

  private static void assertLogits(Decoder.Pass pass, int row, double[] expected) {
    float[] logits = new float[VOCABULARY];
    pass.logits(row, logits);
    double[] found = IntStream.range(0, VOCABULARY).mapToDouble(token -> logits[token]).toArray();
    assertThat(found).containsExactly(expected, within(1e-3));
  }

  private static double[][] attention(Decoder decoder, Decoder.Pass pass, int layer, int length) {
    float[] queries = new float[decoder.shape().queryWidth()];
    pass.queries(layer, 0, queries);
    double[][] seen = new double[HEADS][];
    new HeadProbe(
            decoder.shape().geometry(),
            new int[] {length},
            List.of(row -> seen[row.head()] = attention(row)))
        .observe(
            new ObservedRows(
                layer,
                length - 1,
                new float[][] {queries},
                decoder.keys(layer, 0),
                decoder.values(layer, 0)));
    return seen;
  }

  private static double[] attention(HeadRow row) {
    return IntStream.range(0, row.length()).mapToDouble(j -> row.attention(j)).toArray();
  }
}
