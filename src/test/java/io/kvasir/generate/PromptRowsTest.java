package io.kvasir.generate;

import static io.kvasir.generate.BatchedRequests.OPTIONS;
import static io.kvasir.generate.BatchedRequests.sampling;
import static io.kvasir.generate.BatchedRequests.start;
import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.PromptPart;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.onnx.Recorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A prompt whose first rows come from elsewhere is answered as if they had been computed. */
@ParameterizedClass
@EnumSource(AttentionPrecision.class)
final class PromptRowsTest {
  private static final int KEPT = 150;

  @TempDir Path temporary;
  @Parameter AttentionPrecision attention;
  private Path folder;
  private BatchingGenerator generator;

  @BeforeEach
  void load() {
    folder = TinyGguf.export(temporary, "llama", attention);
    generator = OnnxDecoders.load(folder, OPTIONS);
  }

  @AfterEach
  void unload() {
    generator.close();
  }

  @Test
  void aDecoderThatNeverReadThemGoesOnBehindThemTokenForToken() {
    Recorder computed = new Recorder();
    StoredRows rows = computedRows(generator, tokens(1, 200), computed);

    AtomicInteger released = new AtomicInteger();
    try (BatchingGenerator other = OnnxDecoders.load(folder, OPTIONS)) {
      Recorder recalled =
          answer(
              other,
              tokens(1, 200),
              PromptRows.known(List.of(PlacedRows.at(rows, 0)), released::incrementAndGet));

      assertThat(recalled.ids()).isEqualTo(computed.ids());
      assertThat(recalled.logprobs()).isEqualTo(computed.logprobs());
      assertThat(recalled.all(GenerationEvent.Prefill.class))
          .allMatch(read -> read.cached() == KEPT && read.stored() == KEPT);
    }
    assertThat(released).hasValue(1);
  }

  @Test
  void rowsOfOtherTokensAreNotUsed() {
    StoredRows rows = computedRows(generator, tokens(1, 200), new Recorder());
    int[] prompt = tokens(1, 200);
    prompt[KEPT - 1]++;

    AtomicInteger released = new AtomicInteger();
    try (BatchingGenerator other = OnnxDecoders.load(folder, OPTIONS)) {
      Recorder read =
          answer(
              other,
              prompt,
              PromptRows.known(List.of(PlacedRows.at(rows, 0)), released::incrementAndGet));

      assertThat(read.all(GenerationEvent.Prefill.class))
          .allMatch(each -> each.cached() == 0 && each.stored() == 0);
    }
    assertThat(released).hasValue(1);
  }

  @Test
  void rowsThatACancelledAnswerNeverNeededAreReleased() {
    StoredRows rows = computedRows(generator, tokens(1, 200), new Recorder());
    AtomicInteger released = new AtomicInteger();
    List<GenerationRequest> running = new ArrayList<>();
    for (int i = 0; i < BatchedRequests.SLOTS; i++) {
      running.add(request(tokens(10 + i, 100), 300, PromptRows.none()));
    }
    List<Recorder> others = new ArrayList<>();
    List<Generation> generations = new ArrayList<>();
    for (GenerationRequest request : running) {
      Recorder recorder = new Recorder();
      others.add(recorder);
      generations.addAll(generator.start(List.of(request), List.of(recorder)));
    }
    Recorder waiting = new Recorder();
    generator
        .start(
            List.of(
                request(
                    tokens(1, 200),
                    5,
                    PromptRows.known(List.of(PlacedRows.at(rows, 0)), released::incrementAndGet))),
            List.of(waiting))
        .get(0)
        .cancel();
    waiting.awaitEnd();
    assertThat(released).hasValue(1);
    generations.forEach(Generation::cancel);
    others.forEach(Recorder::awaitEnd);
  }

  @Test
  void nobodyGetsRowsThatHeHasNoRoomFor() {
    List<StoredRows> kept = new ArrayList<>();
    answer(generator, tokens(2, 200), PromptRows.wanted(KEPT, new Keeper(false, kept)));
    answer(generator, tokens(3, 20), PromptRows.none());
    assertThat(kept).isEmpty();
  }

  private static StoredRows computedRows(
      BatchingGenerator generator, int[] prompt, Recorder recorder) {
    List<StoredRows> kept = new ArrayList<>();
    generator.start(
        List.of(request(prompt, 20, PromptRows.wanted(KEPT, new Keeper(true, kept)))),
        List.of(recorder));
    recorder.awaitEnd();
    // Rows are given away behind the last event; the next answer comes behind that.
    answer(generator, tokens(99, 20), PromptRows.none());
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).ids()).hasSize(KEPT);
    return kept.get(0);
  }

  private static Recorder answer(BatchingGenerator generator, int[] prompt, PromptRows rows) {
    Recorder recorder = start(generator, List.of(request(prompt, 20, rows))).get(0);
    recorder.awaitEnd();
    return recorder;
  }

  private static GenerationRequest request(int[] ids, int maxTokens, PromptRows rows) {
    Prompt prompt =
        new Prompt(ids, "", List.of(new PromptPart(PromptPart.Kind.QUESTION, ids.length, null)));
    return new GenerationRequest(
        prompt, new int[0], sampling(0, 0, maxTokens), false, Priority.PERSON, rows);
  }

  private static int[] tokens(int seed, int count) {
    return new Random(seed).ints(count, 10, 200).toArray();
  }

  private record Keeper(boolean ready, List<StoredRows> kept) implements PromptRows.Keeper {
    @Override
    public void keep(StoredRows rows) {
      kept.add(rows);
    }
  }
}
