package io.kvasir.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader of the engine's table concludes from it. */
final class EngineReportTest {
  @Test
  void ratiosAreTakenWithinARound() {
    EngineRow row = EngineRow.beside("decode", "tok/s", 1.3, List.of("Q8_0"));
    Series theirs = row.others().get("Q8_0");
    // The machine was slow in the second round, for both alike.
    for (double[] round : new double[][] {{100, 70}, {50, 35}, {99, 72}}) {
      row.values().add(round[0]);
      theirs.add(round[1]);
    }
    assertThat(row.judged().median()).isEqualTo(100.0 / 70);
    assertThat(row.met()).isEqualTo("yes");
    assertThat(row.goalText()).isEqualTo("≥ 1.30 : Q8_0");
  }

  @Test
  void aCostAboveItsGoalIsMissed() {
    EngineRow row = EngineRow.alone("watching", "", 0.05, false);
    assertThat(row.met()).isEmpty();
    row.values().add(0.08);
    row.values().add(Double.NaN);
    assertThat(row.met()).isEqualTo("no");
    assertThat(row.values().values()).containsExactly(0.08);
  }

  @Test
  void thePageAndTheFileSayTheSame(@TempDir Path folder) throws Exception {
    EngineRow row = EngineRow.beside("prefill <fast>", "tok/s", 1.4, List.of("Q8_0"));
    row.values().add(300);
    row.others().get("Q8_0").add(400);
    new EngineReport("a decoder", Map.of("Java", "17"), List.of(row)).write(folder);
    JsonNode written = new ObjectMapper().readTree(folder.resolve("engine.json").toFile());
    assertThat(written.at("/rows/0/medianRatio").asDouble()).isEqualTo(0.75);
    assertThat(written.at("/rows/0/met").asText()).isEqualTo("no");
    assertThat(Files.readString(folder.resolve("engine.html")))
        .contains("prefill &lt;fast&gt;", "0.750", "class=\"no\"", "<td>17</td>");
  }
}
