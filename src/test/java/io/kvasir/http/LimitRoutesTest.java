package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.ProblemException;
import io.kvasir.ingest.format.DocumentLimits;
import io.kvasir.ingest.format.DocumentReader;
import io.kvasir.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client is told what this server allows, not what servers usually allow. */
final class LimitRoutesTest {
  @TempDir Path folder;
  private TestServer server;
  private JsonNode limits;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer();
    limits = Json.MAPPER.readTree(server.get("/api/limits").body());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void numbersAtOnceAreThoseOfTheEvidence() {
    assertThat(limits.get("attentionNumbers").asInt()).isEqualTo(FakeEvidence.LIMITS.positions());
  }

  @Test
  void everyExtensionItNamesIsReadAndNoOther() throws Exception {
    List<String> named = new ArrayList<>();
    for (JsonNode format : limits.get("documentFormats")) {
      format.get("extensions").forEach(extension -> named.add(extension.asText()));
    }
    assertThat(named).contains("text", "xhtml").doesNotHaveDuplicates();
    for (String extension : named) {
      assertThat(refusal("file." + extension)).doesNotContain("cannot be read");
    }
    assertThat(refusal("file.xyz"))
        .contains("cannot be read")
        .endsWith("." + String.join(" .", named));
  }

  private String refusal(String name) throws Exception {
    Path file = Files.writeString(folder.resolve(name), "words");
    try {
      new DocumentReader(new DocumentLimits(1 << 20, 10, 1 << 20)).read(name, file);
      return "";
    } catch (ProblemException refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
