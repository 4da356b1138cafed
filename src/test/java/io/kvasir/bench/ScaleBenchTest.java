package io.kvasir.bench;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.models.Catalogue;
import io.kvasir.onnx.OnnxEncoder;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.NearestPassages;
import io.kvasir.postgres.PostgresExtension;
import io.kvasir.postgres.PostgresLibrary;
import io.kvasir.postgres.PostgresRetriever;
import io.kvasir.retrieve.Fusion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The bench of scale over a real database: what it composes, stores, measures and leaves. */
@ExtendWith(PostgresExtension.class)
final class ScaleBenchTest {
  private static final int PASSAGES = 60;
  private static final List<String> TEXTS =
      List.of(
          "The gulls of the town sleep at the sea. The cats of the town sleep in the sun.",
          "The ships lie in the harbour at night. The owls of the wood hunt at night.",
          "Short. The harbour of the town is deep and cold in winter.");

  @Test
  void whatIsComposedIsOfTheSentencesAndTheSameForASeed() {
    ScaleText text = new ScaleText(TEXTS, "en", 3);
    assertThat(text.sentences()).as("one is too short").isEqualTo(5);
    assertThat(text.passage(7)).isEqualTo(new ScaleText(TEXTS, "en", 3).passage(7));
    assertThat(IntStream.range(0, 40).mapToObj(text::passage).distinct())
        .as("of five sentences")
        .hasSizeGreaterThan(20);
    List<String> questions = text.questions(10);
    assertThat(questions).hasSize(10).isEqualTo(new ScaleText(TEXTS, "en", 3).questions(10));
    assertThat(questions).allSatisfy(each -> assertThat(each.split(" ", -1)).hasSizeBetween(3, 8));
  }

  @Test
  void everySearchIsTimedAndHeldAgainstTheExactNearest(Database database) throws Exception {
    PostgresLibrary library = new PostgresLibrary(database);
    NearestPassages nearest = new NearestPassages(database);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Encoder encoder = OnnxEncoder.open(Catalogue.shipped().encoder("en"), 1)) {
      ScaleText text = new ScaleText(TEXTS, "en", 1);
      ScaleCollection collection =
          new ScaleCollection(library, "scale", text, new ScaleVectors(encoder, 20, 1));
      collection.fill(PASSAGES, encoder.description(), "en", done -> {});
      assertThat(passages(library)).isEqualTo(PASSAGES);
      await(nearest.index("scale"));
      assertThat(await(nearest.sizes("scale")))
          .contains("on disk: vectors ")
          .doesNotContain("none");

      new ScaleBench(
              new PostgresRetriever(database, new Encoders(List.of(encoder)), Fusion.DEFAULT),
              nearest,
              collection,
              "scale",
              new PrintStream(out, true, StandardCharsets.UTF_8))
          .run(text.questions(12), collection.scope(PASSAGES));
      String said = out.toString(StandardCharsets.UTF_8);
      assertThat(said.lines().filter(line -> line.startsWith("| a scope")))
          .as("exact, whether documents come in or not")
          .hasSize(2)
          .allSatisfy(line -> assertThat(line).endsWith("| 1.000 |"));
      assertThat(said).contains("| whole |").contains("documents taken in meanwhile: ");

      collection.fill(PASSAGES, encoder.description(), "en", done -> {});
      assertThat(passages(library)).as("what came in meanwhile is gone").isEqualTo(PASSAGES);
      collection.delete();
      assertThat(await(library.collections(Workspace.ONLY))).isEmpty();
    }
  }

  private static int passages(PostgresLibrary library) {
    return await(library.collection(Workspace.ONLY, "scale")).passages();
  }
}
