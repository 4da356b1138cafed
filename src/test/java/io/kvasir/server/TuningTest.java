package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.cli.CommandLine;
import io.kvasir.cli.Terminal;
import io.kvasir.json.Json;
import io.kvasir.postgres.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A decoder outside the catalogue is tuned, and answers as it was tuned after the next start. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class TuningTest {
  @TempDir private Path folder;

  @Test
  void aTunedDecoderIsTunedAtTheNextStartToo(String databaseUrl) throws Exception {
    Path dataset = Files.writeString(folder.resolve("birds.csv"), birds());
    Path data = folder.resolve("data");
    JsonNode tuned;
    try (RunningServer server =
        RunningServer.start(data, databaseUrl, Map.of("KVASIR_SAMPLING_MAX_TOKENS", "8"))) {
      assertThat(answers(server).path("source").asText()).isEqualTo("safe");

      String said = tune(server, dataset);

      assertThat(said)
          .contains("nearness, 2 questions", "the half to choose", "tiny answers with nearness");
      tuned = answers(server);
      assertThat(tuned.path("source").asText()).isEqualTo("tuned");
    }
    try (RunningServer again = RunningServer.start(data, databaseUrl, Map.of())) {
      assertThat(answers(again)).isEqualTo(tuned);
    }
  }

  private static String birds() {
    StringBuilder table = new StringBuilder("question,answer,context\n");
    for (String bird : List.of("gull", "puffin", "tern", "auk")) {
      table.append("What does the %s eat?,fish,The %s eats fish.%n".formatted(bird, bird));
    }
    return table.toString();
  }

  private static JsonNode answers(RunningServer server) throws IOException, InterruptedException {
    return Json.MAPPER.readTree(server.get("/api/models")).path("models").get(0).path("answers");
  }

  private static String tune(RunningServer server, Path dataset) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int status =
        new CommandLine(List.of())
            .run(
                new String[] {
                  "eval",
                  "--tune",
                  "tiny",
                  "--dataset",
                  dataset.toString(),
                  "--server",
                  "http://127.0.0.1:" + server.port()
                },
                new Terminal(out, out, Map.of(), false, ServerSettings.ALL))
            .number();
    assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
    return said.toString(StandardCharsets.UTF_8);
  }
}
