package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.Decoder;
import io.kvasir.generate.EngineOptions;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.weights.ManifestFile;
import io.kvasir.weights.ModelManifest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** However a sequence gets into the cache and whoever is beside it, the numbers are the same. */
@ParameterizedClass
@EnumSource(AttentionPrecision.class)
final class OnnxDecoderTest {
  private static final int[] NOTHING = {};
  private static final EngineOptions OPTIONS =
      EngineOptions.DEFAULTS
          .withThreads(1)
          .withCache(4, 128)
          .withQueue(8)
          .withPasses(16, 4)
          .withDeadline(Duration.ofSeconds(30));

  @TempDir Path temporary;
  @Parameter AttentionPrecision attention;
  private Path folder;
  private ModelManifest manifest;
  private Decoder decoder;

  @BeforeEach
  void load() {
    folder = TinyGguf.export(temporary, "llama", attention);
    manifest = ManifestFile.read(folder);
    decoder = OnnxDecoders.decoder(folder, manifest, OPTIONS);
  }

  @AfterEach
  void close() {
    decoder.close();
  }

  @Test
  void readsInChunksWhatItReadsWhole() {
    int[] ids = tokens(1, 40);
    float[] whole = logits(decoder.read(0, 0, ids, 1, NOTHING), 0);
    decoder.read(1, 0, Arrays.copyOfRange(ids, 0, 13), 1, NOTHING);
    decoder.read(1, 13, Arrays.copyOfRange(ids, 13, 15), 1, NOTHING);
    float[] chunked = logits(decoder.read(1, 15, Arrays.copyOfRange(ids, 15, 40), 1, NOTHING), 0);
    assertThat(chunked).containsExactly(whole, within(1e-4f));
  }

  @Test
  void stepsSequencesOfDifferentLengthsAsIfEachWereAlone() {
    int[] lengths = {5, 33, 18};
    float[][] alone = new float[3][];
    for (int slot = 0; slot < 3; slot++) {
      decoder.read(slot, 0, tokens(slot, lengths[slot]), 1, NOTHING);
      Decoder.Pass pass =
          decoder.step(slot, new int[] {lengths[slot]}, new int[] {7 + slot}, NOTHING);
      alone[slot] = logits(pass, 0);
    }
    Decoder.Pass together = decoder.step(0, lengths, new int[] {7, 8, 9}, NOTHING);
    for (int slot = 0; slot < 3; slot++) {
      assertThat(logits(together, slot)).containsExactly(alone[slot], within(1e-4f));
    }
  }

  @Test
  void continuesACopiedBeginning() {
    int[] ids = tokens(2, 30);
    float[] fresh = logits(decoder.read(0, 0, ids, 1, NOTHING), 0);
    decoder.copy(0, 3, 0, 10);
    decoder.copy(0, 3, 10, 20);
    float[] continued = logits(decoder.read(3, 20, Arrays.copyOfRange(ids, 20, 30), 1, NOTHING), 0);
    assertThat(continued).containsExactly(fresh, within(1e-4f));
  }

  @Test
  void keepsBothSequencesWhenSlotsAreExchanged() {
    decoder.read(0, 0, tokens(3, 12), 1, NOTHING);
    decoder.read(2, 0, tokens(4, 25), 1, NOTHING);
    float[] first = logits(decoder.step(0, new int[] {12}, new int[] {9}, NOTHING), 0);
    float[] second = logits(decoder.step(2, new int[] {25}, new int[] {9}, NOTHING), 0);
    decoder.swap(0, 2, 25);
    assertThat(logits(decoder.step(2, new int[] {12}, new int[] {9}, NOTHING), 0))
        .containsExactly(first, within(0f));
    assertThat(logits(decoder.step(0, new int[] {25}, new int[] {9}, NOTHING), 0))
        .containsExactly(second, within(0f));
  }

  @Test
  void givesTheLogitsOfTheLastRows() {
    int[] ids = tokens(5, 20);
    Decoder.Pass three = decoder.read(0, 0, ids, 3, NOTHING);
    float[][] rows = {logits(three, 0), logits(three, 1), logits(three, 2)};
    for (int row = 0; row < 3; row++) {
      int[] beginning = Arrays.copyOf(ids, 18 + row);
      assertThat(rows[row])
          .containsExactly(logits(decoder.read(1, 0, beginning, 1, NOTHING), 0), within(1e-4f));
    }
  }

  @Test
  void continuesBehindRowsThatWereTakenBack() {
    int[] ids = tokens(6, 24);
    float[] fresh = logits(decoder.read(0, 0, ids, 1, NOTHING), 0);
    decoder.read(1, 0, Arrays.copyOf(ids, 14), 1, NOTHING);
    decoder.read(1, 14, tokens(7, 20), 1, NOTHING);
    float[] rewound = logits(decoder.read(1, 14, Arrays.copyOfRange(ids, 14, 24), 1, NOTHING), 0);
    assertThat(rewound).containsExactly(fresh, within(1e-4f));
  }

  @Test
  void refusesAGraphThatIsNotWhatTheManifestSays() {
    ModelManifest.Heads heads = manifest.heads();
    ModelManifest lying =
        new ModelManifest(
            manifest.label(),
            manifest.origin(),
            new ModelManifest.Heads(heads.query(), 4, heads.size()),
            manifest.sizes(),
            manifest.layers(),
            manifest.dialogue());
    assertThatThrownBy(() -> OnnxDecoders.decoder(folder, lying, OPTIONS))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("past_key_values.0.key")
        .hasMessageContaining("delete the model folder");
  }

  @Test
  void saysWhichSettingsMakeTheCacheTooLarge() {
    EngineOptions large =
        EngineOptions.DEFAULTS
            .withThreads(1)
            .withCache(64, 1 << 20)
            .withQueue(8)
            .withPasses(16, 4)
            .withDeadline(Duration.ofSeconds(30));
    ModelManifest.Sizes sizes = manifest.sizes();
    ModelManifest wide =
        new ModelManifest(
            manifest.label(),
            manifest.origin(),
            manifest.heads(),
            new ModelManifest.Sizes(sizes.hidden(), sizes.vocabulary(), 1 << 20),
            manifest.layers(),
            manifest.dialogue());
    assertThatThrownBy(() -> OnnxDecoders.decoder(folder, wide, large))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("engine.slots")
        .hasMessageContaining("engine.context");
  }

  private float[] logits(Decoder.Pass pass, int row) {
    float[] logits = new float[manifest.sizes().vocabulary()];
    pass.logits(row, logits);
    return logits;
  }

  private int[] tokens(int seed, int count) {
    return new Random(seed).ints(count, 3, manifest.sizes().vocabulary()).toArray();
  }
}
