package io.kvasir.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerOpening;
import io.kvasir.core.DecoderAnswers;
import io.kvasir.core.DecoderAnswers.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was measured of a decoder is there at the next start, for these weights and no others. */
final class TunedAnswersTest {
  private static final AnswerDefaults MEASURED =
      new AnswerDefaults(2, 0.9, true, false, AnswerOpening.ANSWER, 1.5);
  private static final AnswerDefaults CATALOGUE =
      new AnswerDefaults(3, 0.8, true, true, AnswerOpening.PASSAGE, 3);
  private static final CatalogueEntry OWN = StoreUnderTest.entry(1, "0".repeat(64), null);

  @TempDir private Path folder;

  private TunedAnswers opened() {
    return opened(Map.of());
  }

  private TunedAnswers opened(Map<String, AnswerDefaults> catalogue) {
    return new TunedAnswers(folder, new Catalogue(List.of(OWN), catalogue, List.of()));
  }

  @Test
  void whatIsKeptIsThereAtTheNextStart() {
    assertThat(opened().of(OWN)).isEqualTo(new DecoderAnswers(Source.SAFE, AnswerDefaults.SAFE));

    opened().keep(OWN, MEASURED, "60 questions of squad.json");

    assertThat(opened().of(OWN)).isEqualTo(new DecoderAnswers(Source.TUNED, MEASURED));
  }

  @Test
  void whatWasMeasuredHereWinsOverTheCatalogue() {
    Map<String, AnswerDefaults> catalogue = Map.of(OWN.name(), CATALOGUE);
    assertThat(opened(catalogue).of(OWN))
        .isEqualTo(new DecoderAnswers(Source.CATALOGUE, CATALOGUE));

    opened(catalogue).keep(OWN, MEASURED, "60 questions");

    assertThat(opened(catalogue).of(OWN).defaults()).isEqualTo(MEASURED);
  }

  @Test
  void otherWeightsOfTheSameNameWereNotMeasured() {
    opened().keep(OWN, MEASURED, "60 questions");

    assertThat(opened().of(StoreUnderTest.entry(1, "1".repeat(64), null)).source())
        .isEqualTo(Source.SAFE);
  }

  @Test
  void aFileThatCannotBeReadKeepsNoServerFromStarting() throws IOException {
    opened().keep(OWN, MEASURED, "60 questions");
    Files.writeString(folder.resolve("answers").resolve(OWN.name() + ".json"), "{\"version\": 1, ");

    assertThat(opened().of(OWN).source()).isEqualTo(Source.SAFE);
  }
}
