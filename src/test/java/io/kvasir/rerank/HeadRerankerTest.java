package io.kvasir.rerank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.contrast.PromptWriter;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.evidence.PassageAttention;
import io.kvasir.evidence.WrittenAnswer;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.EngineOptions;
import io.kvasir.generate.OneDecoder;
import io.kvasir.generate.Prompt;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.models.DetectedHeads;
import io.kvasir.models.DetectedHeads.Head;
import io.kvasir.onnx.OnnxDecoders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a decoder's detected heads attend to, as scores of passages. */
final class HeadRerankerTest {
  private static final String QUESTION = "Where do the gulls sleep?";
  private static final EngineOptions OPTIONS =
      EngineOptions.DEFAULTS
          .withThreads(1)
          .withCache(3, 1_024)
          .withQueue(64)
          .withPasses(64, 8)
          .withDeadline(Duration.ofSeconds(60));

  @TempDir Path temporary;

  @Test
  void scoresAreTheCalibratedAttentionOfTheHeadsWithTheBestPassageNextToTheQuestion()
      throws Exception {
    List<Passage> passages =
        List.of(
            passage(1, "The gulls sleep on the cliff."),
            passage(2, "Cats sleep in the sun."),
            passage(3, "The sea is grey."));
    try (BatchingGenerator decoder = load(true)) {
      List<Double> scores = scores(decoder, passages);

      Prompt prompt =
          decoder.prompt(
              new PromptWriter("en", AnswerStyle.SHORT)
                  .messages(List.of(passages.get(2), passages.get(1), passages.get(0)), QUESTION));
      WrittenAnswer asked =
          new WrittenAnswer(QUESTION, prompt.ids(), prompt.parts(), new int[] {0});
      PassageAttention attention = new PassageAttention(decoder.description(), asked);
      decoder.read(attention.ofAnswer()).join();
      decoder
          .read(attention.ofEmptyQuestion(PassageAttention.emptyQuestion(decoder, asked)))
          .join();
      assertThat(scores).hasSize(3);
      for (int at = 0; at < 3; at++) {
        long passage = passages.get(at).id();
        // By hand from what each of the two heads gave, which needs no notion of best heads.
        double[][] byHead = attention.byHead(passage);
        assertThat(scores.get(at)).isCloseTo((byHead[0][1] + byHead[1][0]) / 2, within(1e-6));
      }
    }
  }

  @Test
  void asManyAreReadAsTheContextHolds() throws Exception {
    List<Passage> passages = new ArrayList<>();
    for (int id = 1; id <= 20; id++) {
      passages.add(passage(id, "The gulls of the town sleep at the sea. ".repeat(3)));
    }
    try (BatchingGenerator decoder = load(true)) {
      assertThat(scores(decoder, passages)).hasSizeBetween(1, 19);
    }
  }

  @Test
  void withoutDetectedHeadsItSaysHowToFindThem() throws Exception {
    try (BatchingGenerator decoder = load(false)) {
      assertThatThrownBy(() -> scores(decoder, List.of(passage(1, "a"), passage(2, "b"))))
          .hasCauseInstanceOf(ProblemException.class)
          .hasMessageContaining("kvasir heads detect");
    }
  }

  private BatchingGenerator load(boolean detected) throws Exception {
    Path folder = TinyGguf.export(temporary, "llama");
    if (detected) {
      new DetectedHeads(
              DetectedHeads.VERSION, "none", 1, List.of(new Head(0, 1, 1), new Head(1, 0, 1)))
          .write(folder);
    }
    return OnnxDecoders.load(folder, OPTIONS);
  }

  private static List<Double> scores(BatchingGenerator decoder, List<Passage> passages)
      throws Exception {
    return new HeadReranker(new OneDecoder(decoder), Runnable::run)
        .scores(QUESTION, passages)
        .toCompletionStage()
        .toCompletableFuture()
        .get();
  }

  private static Passage passage(long id, String text) {
    return new Passage(id, 1, "a.txt", "A", 0, "", null, 0, text.length(), text, text);
  }
}
