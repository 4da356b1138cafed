package io.kvasir.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.encode.Encoder;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.evaluate.dataset.SourceDocument;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.EngineOptions;
import io.kvasir.gguf.TinyGguf;
import io.kvasir.models.Catalogue;
import io.kvasir.models.DetectedHeads;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.onnx.OnnxEncoder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benches of evidence on a decoder that knows nothing: they measure, go on, and report. */
final class EvidenceBenchTest {
  private static final EngineOptions OPTIONS =
      EngineOptions.DEFAULTS
          .withThreads(1)
          .withCache(3, 1_024)
          .withQueue(64)
          .withPasses(64, 8)
          .withDeadline(Duration.ofSeconds(60));
  private static final List<String> ANIMALS = List.of("gulls", "cats", "ships", "owls");
  private static final Dataset SET =
      new Dataset(
          "animals",
          "en",
          ANIMALS.stream()
              .map(
                  animal ->
                      new SourceDocument(
                          animal,
                          "A book",
                          "The %s of the town sleep at the sea.".formatted(animal)))
              .toList(),
          ANIMALS.stream()
              .map(
                  animal ->
                      new LabelledQuestion(
                          "q-" + animal,
                          "Where do the %s sleep?".formatted(animal),
                          List.of("at the sea"),
                          true,
                          Map.of(animal, 1)))
              .toList(),
          List.of());

  @TempDir Path temporary;

  @Test
  void measuresOnlyWhatIsNotMeasuredYetAndUsesTheHeadsThatWereFound() throws Exception {
    Path folder = TinyGguf.export(temporary, "llama");
    List<PassageQuiz> quizzes = quizzes();
    try (BatchingGenerator generator = OnnxDecoders.load(folder, OPTIONS)) {
      new HeadBench(generator, "en", new PrintStream(new ByteArrayOutputStream()))
          .run(quizzes.subList(0, 2), quizzes.subList(2, 4), 3, "animals")
          .write(folder);
    }
    assertThat(DetectedHeads.of(folder)).isPresent();
    Path results = temporary.resolve("results.jsonl");
    try (BatchingGenerator generator = OnnxDecoders.load(folder, OPTIONS)) {
      assertThat(generator.description().bestHeads()).hasSize(3);
      EvidenceBench bench = new EvidenceBench(generator, "en", 4, 2);
      bench.run(quizzes.subList(0, 2), results, Long.MAX_VALUE);
      assertThat(Files.readAllLines(results)).hasSize(4);
      bench.run(quizzes.subList(0, 3), results, Long.MAX_VALUE);
    }
    List<EvidenceRow> rows = EvidenceRow.read(results);
    assertThat(rows).hasSize(6);
    for (EvidenceRow row : rows) {
      assertThat(row.deltas()).hasSize(3);
      assertThat(row.signals()).containsKeys("ContextCite", "best heads", "raw mass", "BM25");
    }
    assertThat(printed(rows)).contains("| calibrated mass | ", "| position (last first) | ");
  }

  @Test
  void thePassageThatAnswersIsAmongThoseThatShareWordsAndKeepsItsScoresInEveryOrder() {
    PassageQuiz quiz = quizzes().get(2);
    assertThat(quiz.passages().get(quiz.gold()).value()).contains("ships");
    for (int order = 0; order < 5; order++) {
      PassageQuiz shuffled = quiz.shuffled(order);
      assertThat(shuffled.passages().get(shuffled.gold()).value()).contains("ships");
      assertThat(shuffled.words()[shuffled.gold()]).isEqualTo(quiz.words()[quiz.gold()]);
      assertThat(shuffled.passages()).containsExactlyInAnyOrderElementsOf(quiz.passages());
    }
  }

  private static List<PassageQuiz> quizzes() {
    try (Encoder encoder = OnnxEncoder.open(Catalogue.shipped().encoder("en"), 1)) {
      return PassageQuiz.of(SET, SET, 3, encoder);
    }
  }

  private static String printed(List<EvidenceRow> rows) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new EvidenceReport(rows).print(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
