package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.contrast.path.Paths;
import io.kvasir.core.PathTrace;
import io.kvasir.core.Trace;
import io.kvasir.json.Json;
import io.kvasir.postgres.PostgresExtension;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The whole server on a real PostgreSQL with a tiny decoder: documents in, evidence out. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class ServerTest {
  @TempDir static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start(String databaseUrl) {
    server = RunningServer.start(folder, databaseUrl, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aQuestionIsAnsweredByEveryPathWithTheEvidenceOfEach() throws Exception {
    Trace trace = server.ask("Which frog sings at night?");

    assertThat(trace.status()).isEqualTo(Trace.Status.COMPLETE);
    assertThat(trace.paths()).hasSize(Paths.ALL.usual().size());
    for (PathTrace path : trace.paths()) {
      assertThat(path.tokens()).hasSize(12);
      for (PathTrace.TokenTrace token : path.tokens()) {
        double sum = 0;
        for (float mass : token.mass()) {
          sum += mass;
        }
        assertThat(sum).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-4));
      }
    }
    PathTrace rag = trace.paths().get(1);
    PathTrace.PassageTrace best = rag.passages().get(0);
    assertThat(best.text()).contains("frog of the pond");
    assertThat(best.retrieved().rank()).isEqualTo(1);
    assertThat(best.attended().mass())
        .isCloseTo(meanMass(rag, best.id()), org.assertj.core.data.Offset.offset(1e-4));
    assertThat(trace.paths().get(2).passages()).allMatch(passage -> passage.inPrompt() != null);
  }

  /** What the tokens of an answer gave to the parts of a passage, on average. */
  private static double meanMass(PathTrace path, long passage) {
    double sum = 0;
    for (PathTrace.TokenTrace token : path.tokens()) {
      for (int part = 0; part < token.mass().length; part++) {
        Long id = path.prompt().parts().get(part).passageId();
        sum += id != null && id == passage ? token.mass()[part] : 0;
      }
    }
    return sum / path.tokens().size();
  }

  @Test
  void whatEachPassageWasWorthIsMeasuredAndKeptInTheTrace() throws Exception {
    String contrast = "/api/contrasts/" + server.ask("Which frog sings?").id();
    assertThat(
            RunningServer.read(
                server.post(contrast + "/evidence", "{\"path\":\"attention\",\"masks\":8}")))
        .contains("event: progress", "\"status\":\"complete\"");
    PathTrace path = Json.MAPPER.readValue(server.get(contrast), Trace.class).paths().get(2);
    assertThat(path.evidence()).isNotNull();
    assertThat(path.evidence().tokens()).hasSize(12);
    assertThat(path.evidence().passages()).hasSize(path.passages().size());

    String attention =
        RunningServer.read(
            server.post(
                contrast + "/attention",
                "{\"path\":\"rag\",\"tokens\":[3],\"layer\":1,\"head\":2,\"positions\":true}"));
    assertThat(Json.MAPPER.readTree(attention).at("/step/query/norm").asDouble()).isPositive();
  }

  @Test
  void theSameQuestionAndSeedGiveTheSameTokensAlsoBesideOthers() throws Exception {
    List<String> alone = answers(server.ask("What is quiet?"));
    List<CompletableFuture<HttpResponse<InputStream>>> others = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      others.add(server.stream("other " + i, 40));
    }

    assertThat(answers(server.ask("What is quiet?"))).isEqualTo(alone);
    for (CompletableFuture<HttpResponse<InputStream>> other : others) {
      RunningServer.read(other.get());
    }
  }

  private static List<String> answers(Trace trace) {
    return trace.paths().stream().map(PathTrace::answer).toList();
  }
}
