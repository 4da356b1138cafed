package io.kvasir.generate;

import static io.kvasir.generate.BatchedRequests.OPTIONS;
import static io.kvasir.generate.BatchedRequests.sampling;
import static io.kvasir.generate.BatchedRequests.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.PromptPart;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.onnx.Recorder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that were read elsewhere stand in a prompt as if they had been read there. */
class PlacedRowsTest {
  private static final int PREFIX = 20;
  private static final int LENGTH = 60;
  private static final int QUESTION = 12;

  private static final int[] PREFIX_IDS = tokens(1, PREFIX);
  private static final int[] ONE = tokens(2, LENGTH);
  private static final int[] OTHER = tokens(3, LENGTH);
  private static final int[] ASKED = tokens(4, QUESTION);

  @TempDir private Path temporary;
  private Path folder;
  private BatchingGenerator generator;

  @BeforeEach
  void load() {
    folder = TinyGguf.export(temporary, "llama", AttentionPrecision.FLOAT32);
    generator = OnnxDecoders.load(folder, OPTIONS);
  }

  @AfterEach
  void unload() {
    generator.close();
  }

  @Test
  void onePassageWhereItWasReadGivesTheVerySameAnswer() {
    int[] prompt = joined(PREFIX_IDS, ONE, ASKED);
    StoredRows rows = read(joined(PREFIX_IDS, ONE), PREFIX, AttentionPrecision.FLOAT32);
    Recorder stored;
    try (BatchingGenerator other = other()) {
      stored = answer(other, prompt, List.of(PlacedRows.at(rows, PREFIX)));
    }
    Recorder text = answer(generator, prompt, List.of());

    assertThat(stored.ids()).isEqualTo(text.ids());
    assertThat(stored.logprobs()).isEqualTo(text.logprobs());
    assertThat(stored.all(GenerationEvent.Prefill.class))
        .last()
        .matches(read -> read.stored() == LENGTH);
  }

  /** In the first layer keys and values depend on the token and its place alone. */
  @Test
  void keysAreTurnedToWhereTheTokensStand() {
    int[] prompt = joined(PREFIX_IDS, OTHER, ONE, ASKED);
    StoredRows rows = read(joined(PREFIX_IDS, ONE), PREFIX, AttentionPrecision.FLOAT32);

    float[][] placed =
        firstLayer(
            generator,
            prompt,
            PromptRows.known(List.of(PlacedRows.at(rows, PREFIX + LENGTH)), () -> {}));
    float[][] text;
    try (BatchingGenerator other = other()) {
      text = firstLayer(other, prompt, PromptRows.none());
    }

    for (int row = 0; row < placed.length; row++) {
      assertThat(placed[row]).containsExactly(text[row], within(1e-4f));
    }
  }

  @Test
  void halfPrecisionIsNearAndItsRowsAreNotTakenForThoseOfTheText() {
    int[] prompt = joined(PREFIX_IDS, ONE, ASKED);
    StoredRows rows = read(joined(PREFIX_IDS, ONE), PREFIX, AttentionPrecision.FLOAT16);
    assertThat(rows.bytes()).isEqualTo(bytes(AttentionPrecision.FLOAT32) / 2);

    Recorder stored;
    Recorder text;
    try (BatchingGenerator other = other()) {
      stored = answer(other, prompt, List.of(PlacedRows.at(rows, PREFIX)));
      text = answer(other, prompt, List.of());
    }

    assertThat(stored.logprobs().get(0)).isCloseTo(text.logprobs().get(0), within(0.05));
    assertThat(text.all(GenerationEvent.Prefill.class))
        .last()
        .matches(read -> read.cached() == PREFIX && read.stored() == 0);
    assertThat(answer(generator, prompt, List.of()).logprobs()).isEqualTo(text.logprobs());
  }

  @Test
  void theSameRowsInTheSamePlaceAreFoundInTheCache() {
    int[] prompt = joined(PREFIX_IDS, ONE, OTHER, ASKED);
    List<PlacedRows> placed = both();
    List<Double> first = answer(generator, prompt, placed).logprobs();

    Recorder second = answer(generator, prompt, placed);

    assertThat(second.logprobs()).isEqualTo(first);
    assertThat(second.all(GenerationEvent.Prefill.class))
        .last()
        .matches(read -> read.cached() >= PREFIX + 2 * LENGTH && read.stored() == 0);
  }

  @Test
  void whatStandsBetweenPlacedRowsIsRead() {
    int[] between = tokens(9, 7);
    int[] prompt = joined(PREFIX_IDS, ONE, between, OTHER, ASKED);
    StoredRows rows = read(joined(PREFIX_IDS, OTHER), PREFIX, AttentionPrecision.FLOAT32);

    Recorder recorder =
        answer(generator, prompt, List.of(PlacedRows.at(rows, PREFIX + LENGTH + between.length)));

    assertThat(recorder.ids()).hasSize(8);
    assertThat(recorder.all(GenerationEvent.Prefill.class))
        .last()
        .matches(read -> read.stored() == LENGTH && read.done() == prompt.length);
  }

  @Test
  void rowsThatOverlapOrReachIntoTheLastTokensAreLeftOut() {
    StoredRows rows = read(joined(PREFIX_IDS, ONE), PREFIX, AttentionPrecision.FLOAT32);
    int[] prompt = joined(PREFIX_IDS, ONE, new int[] {5});
    Recorder tooLate = answer(generator, prompt, List.of(PlacedRows.at(rows, PREFIX)));
    Recorder twice =
        answer(
            generator,
            joined(PREFIX_IDS, ONE, ASKED),
            List.of(PlacedRows.at(rows, PREFIX), PlacedRows.at(rows, PREFIX)));

    assertThat(tooLate.all(GenerationEvent.Prefill.class)).allMatch(read -> read.stored() == 0);
    assertThat(twice.ids()).hasSize(8);
  }

  @Test
  void aReadingTakesPlacedRowsLikeAnAnswer() {
    int[] prompt = joined(PREFIX_IDS, ONE, OTHER, ASKED);
    List<Double> answered = answer(generator, prompt, both()).logprobs();
    int[] written =
        answer(generator, prompt, both()).ids().stream().mapToInt(Integer::intValue).toArray();

    double[] read =
        generator
            .read(
                ReadingRequest.answer(prompt, written, null)
                    .with(PromptRows.known(both(), () -> {})))
            .join();

    for (int i = 0; i < read.length; i++) {
      assertThat(read[i]).isCloseTo(answered.get(i), within(2e-2));
    }
  }

  private List<PlacedRows> both() {
    StoredRows one = read(joined(PREFIX_IDS, ONE), PREFIX, AttentionPrecision.FLOAT32);
    StoredRows other = read(joined(PREFIX_IDS, OTHER), PREFIX, AttentionPrecision.FLOAT32);
    return List.of(PlacedRows.at(one, PREFIX), PlacedRows.at(other, PREFIX + LENGTH));
  }

  /** Keys and values of the first layer and head, as the last token of a prompt sees them. */
  private static float[][] firstLayer(
      BatchingGenerator decoder, int[] prompt, PromptRows promptRows) {
    float[][] seen = new float[2 * prompt.length][TinyGguf.HEAD_SIZE];
    decoder
        .read(
            new ReadingRequest(
                    prompt,
                    new int[0],
                    1,
                    rows -> {
                      for (int at = 0; rows.layer() == 0 && at < prompt.length; at++) {
                        rows.keys().get(0, at, seen[2 * at]);
                        rows.values().get(0, at, seen[2 * at + 1]);
                      }
                    })
                .with(promptRows))
        .join();
    return seen;
  }

  private BatchingGenerator other() {
    return OnnxDecoders.load(folder, OPTIONS);
  }

  private long bytes(AttentionPrecision precision) {
    return read(joined(PREFIX_IDS, ONE), PREFIX, precision).bytes();
  }

  private StoredRows read(int[] ids, int first, AttentionPrecision precision) {
    CompletableFuture<StoredRows> rows = new CompletableFuture<>();
    generator
        .read(
            new ReadingRequest(ids, new int[0], 1, null)
                .with(PromptRows.wanted(first, ids.length, precision, rows::complete)))
        .join();
    return rows.join();
  }

  private static Recorder answer(BatchingGenerator generator, int[] ids, List<PlacedRows> placed) {
    Prompt prompt =
        new Prompt(ids, "", List.of(new PromptPart(PromptPart.Kind.QUESTION, ids.length, null)));
    Recorder recorder =
        start(
                generator,
                List.of(
                    new GenerationRequest(
                        prompt,
                        new int[0],
                        sampling(0, 0, 8),
                        false,
                        Priority.PERSON,
                        PromptRows.known(placed, () -> {}))))
            .get(0);
    recorder.awaitEnd();
    return recorder;
  }

  private static int[] joined(int[]... parts) {
    return Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
  }

  private static int[] tokens(int seed, int count) {
    return new Random(seed).ints(count, 10, 200).toArray();
  }
}
