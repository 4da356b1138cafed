package io.kvasir.attend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.core.AttentionLayer;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.EngineOptions;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.ReadingRequest;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.onnx.Recorder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Every aggregate of a real reading equals what full attention matrices give. */
@ParameterizedClass
@EnumSource(AttentionPrecision.class)
final class HeadProbeTest {
  private static final int[] PARTS = {1, 9, 30, 20, 15, 0};
  private static final boolean[] PASSAGES = {false, false, true, true, false, false};
  private static final int PROMPT = 75;
  private static final int ANSWER = 8;
  private static final int FIRST = 65;
  private static final int END = PROMPT + ANSWER - 1;
  private static final MassProbe.Geometry GEOMETRY =
      new MassProbe.Geometry(
          TinyGguf.HEADS,
          TinyGguf.KV_HEADS,
          TinyGguf.HEAD_SIZE,
          AttentionLayer.alike(TinyGguf.LAYERS, 10_000, TinyGguf.HEAD_SIZE));
  private static final Heads SOME =
      Heads.of(TinyGguf.HEADS, List.of(new Heads.Head(0, 3), new Heads.Head(1, 1)));

  @TempDir Path temporary;
  @Parameter AttentionPrecision attention;

  @Test
  void everyAggregateEqualsFullMatrices() throws Exception {
    boolean[] wanted = new boolean[ANSWER];
    wanted[0] = true;
    wanted[3] = true;
    HeadMasses masses =
        new HeadMasses(TinyGguf.LAYERS, TinyGguf.HEADS, PASSAGES, PROMPT - 1, wanted);
    PositionMasses positions = new PositionMasses(SOME, FIRST, PROMPT - FIRST);
    // [layer][head][position][j], from the same queries, before anything else may overwrite them
    double[][][][] scores = new double[TinyGguf.LAYERS][TinyGguf.HEADS][END][];
    HeadProbe probe = new HeadProbe(GEOMETRY, PARTS, List.of(masses, positions));
    try (BatchingGenerator generator = generator()) {
      int[] answer = tokens(2, ANSWER);
      generator
          .read(
              ReadingRequest.answer(
                  tokens(1, PROMPT),
                  answer,
                  END - FIRST,
                  rows -> {
                    naive(rows, scores);
                    probe.observe(rows);
                  }))
          .get(30, TimeUnit.SECONDS);
    }
    double[] mass = new double[PARTS.length];
    double[] share = new double[PARTS.length];
    for (int layer = 0; layer < TinyGguf.LAYERS; layer++) {
      for (int head = 0; head < TinyGguf.HEADS; head++) {
        double[] expectedMass = new double[PARTS.length];
        double[] expectedScore = new double[PARTS.length];
        for (int row : new int[] {PROMPT - 1, PROMPT + 2}) {
          double[] line = scores[layer][head][row];
          double[] sums = sums(line);
          double all = Arrays.stream(sums).sum();
          for (int part = 0; part < PARTS.length; part++) {
            expectedMass[part] += sums[part] / all / 2;
            expectedScore[part] += Math.log(sums[part]) / 2;
            if (SOME.contains(layer, head) && PASSAGES[part]) {
              share[part] += sums[part] / (sums[2] + sums[3]) / 4;
            }
          }
        }
        assertThat(masses.mass(layer, head)).containsExactly(expectedMass, within(1e-5));
        assertThat(masses.score(layer, head)).containsExactly(expectedScore, within(1e-4));
        for (int part = 0; SOME.contains(layer, head) && part < PARTS.length; part++) {
          mass[part] += expectedMass[part] / 2;
        }
      }
    }
    assertThat(masses.mass(SOME)).containsExactly(mass, within(1e-5));
    assertThat(masses.share(SOME)).containsExactly(share, within(1e-5));
    double[] mean = new double[FIRST];
    for (int position = FIRST; position < PROMPT; position++) {
      for (Heads.Head each : List.of(new Heads.Head(0, 3), new Heads.Head(1, 1))) {
        double[] line = scores[each.layer()][each.head()][position];
        double all = Arrays.stream(line).map(Math::exp).sum();
        for (int j = 0; j < FIRST; j++) {
          mean[j] += Math.exp(line[j]) / all / 2 / (PROMPT - FIRST);
        }
      }
    }
    assertThat(positions.mean(FIRST)).containsExactly(mean, within(1e-6));
  }

  @Test
  void agreesWithWhatWasMeasuredWhileTheAnswerWasWritten() throws Exception {
    try (BatchingGenerator generator = generator()) {
      int[] prompt = tokens(1, PROMPT);
      List<PromptPart> parts = new ArrayList<>();
      for (int part = 0; part + 1 < PARTS.length; part++) {
        parts.add(new PromptPart(PromptPart.Kind.QUESTION, PARTS[part], null));
      }
      Recorder recorder = new Recorder();
      generator.start(
          List.of(
              new GenerationRequest(
                  new Prompt(prompt, "", parts),
                  Sampling.builder().temperature(1).seed(3).maxTokens(ANSWER).build(),
                  true)),
          List.of(recorder));
      List<GenerationEvent.Token> tokens = recorder.awaitEnd().all(GenerationEvent.Token.class);
      int[] answer = tokens.stream().mapToInt(GenerationEvent.Token::id).toArray();
      for (int token = 0; token < answer.length; token++) {
        boolean[] wanted = new boolean[answer.length];
        wanted[token] = true;
        HeadMasses masses =
            new HeadMasses(TinyGguf.LAYERS, TinyGguf.HEADS, PASSAGES, PROMPT - 1, wanted);
        generator
            .read(
                ReadingRequest.answer(
                    prompt, answer, new HeadProbe(GEOMETRY, PARTS, List.of(masses))))
            .get(30, TimeUnit.SECONDS);
        double[] read =
            masses.mass(Heads.ofLayers(TinyGguf.HEADS, generator.description().watchedLayers()));
        for (int part = 0; part < PARTS.length; part++) {
          assertThat(read[part]).isCloseTo(tokens.get(token).mass()[part], within(0.01));
        }
      }
    }
  }

  /** q·k/√d with q rotated, in double, one product after the other. */
  private static void naive(ObservedRows rows, double[][][][] scores) {
    int group = TinyGguf.HEADS / TinyGguf.KV_HEADS;
    int size = TinyGguf.HEAD_SIZE;
    float[] key = new float[size];
    Rotation rotation = new Rotation(size, 10_000);
    for (int row = 0; row < rows.queries().length; row++) {
      float[] query = rows.queries()[row].clone();
      int position = rows.position() + row;
      rotation.apply(query, position, 1);
      for (int head = 0; head < TinyGguf.HEADS; head++) {
        double[] line = new double[position + 1];
        for (int j = 0; j <= position; j++) {
          rows.keys().get(head / group, j, key);
          for (int i = 0; i < size; i++) {
            line[j] += query[head * size + i] * key[i] / Math.sqrt(size);
          }
        }
        scores[rows.layer()][head][position] = line;
      }
    }
  }

  private static double[] sums(double[] line) {
    double[] sums = new double[PARTS.length];
    int j = 0;
    for (int part = 0; part < PARTS.length; part++) {
      int end = part == PARTS.length - 1 ? line.length : j + PARTS[part];
      for (; j < end; j++) {
        sums[part] += Math.exp(line[j]);
      }
    }
    return sums;
  }

  private BatchingGenerator generator() {
    return OnnxDecoders.load(
        TinyGguf.export(temporary, "llama", attention),
        EngineOptions.DEFAULTS
            .withThreads(1)
            .withCache(2, 256)
            .withQueue(4)
            .withPasses(16, 4)
            .withDeadline(Duration.ofSeconds(30)));
  }

  private static int[] tokens(int seed, int count) {
    return new Random(seed).ints(count, 3, TinyGguf.tokens().size()).toArray();
  }
}
