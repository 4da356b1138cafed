package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.OwnCluster;
import io.kvasir.postgres.PostgresContrasts;
import io.kvasir.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * PostgreSQL is killed in the middle of an answer and comes back: the answer is kept all the same.
 */
@Tag("slow")
final class DatabaseGoneTest {
  private static final int STOP_SECONDS = 60;

  @TempDir static Path folder;

  @BeforeAll
  static void prepare() {
    ServerProcess.prepare(folder);
  }

  @Test
  void anAnswerThatEndsWithoutItIsKeptOnceItIsBack() throws Exception {
    try (OwnCluster cluster = new OwnCluster();
        ServerProcess server = start(cluster, Map.of())) {
      ServerProcess.Asked asked = answeredWithoutDatabase(cluster, server);

      assertThat(server.get("/api/health/live").statusCode()).isEqualTo(200);
      assertThat(server.trace(asked.id()).status()).isEqualTo(Trace.Status.COMPLETE);
      cluster.start();

      server.until("it is kept", () -> server.log().contains("is kept after all"));
      server.until("it is ready", () -> server.get("/api/health/ready").statusCode() == 200);
      server.kill();
      assertWhole(cluster, asked);
    }
  }

  @Test
  void aServerThatIsToldToStopMeanwhileWaitsForIt() throws Exception {
    try (OwnCluster cluster = new OwnCluster();
        ServerProcess server = start(cluster, Map.of("KVASIR_SERVER_DRAIN_SECONDS", "50"))) {
      ServerProcess.Asked asked = answeredWithoutDatabase(cluster, server);

      server.terminate();
      TimeUnit.SECONDS.sleep(2);
      cluster.start();

      assertThat(server.exit(STOP_SECONDS)).as(server.log()).isZero();
      assertWhole(cluster, asked);
    }
  }

  @Test
  void whatIsGivenUpIsSaidAndHoldsNobodyUp() throws Exception {
    try (OwnCluster cluster = new OwnCluster();
        ServerProcess server = start(cluster, Map.of("KVASIR_CONTRAST_KEEP_SECONDS", "1"))) {
      answeredWithoutDatabase(cluster, server);

      server.until("it is given up", () -> server.log().contains("could not be kept: "));
      server.terminate();
      assertThat(server.exit(STOP_SECONDS)).as(server.log()).isZero();
    }
  }

  private static ServerProcess.Asked answeredWithoutDatabase(
      OwnCluster cluster, ServerProcess server) throws Exception {
    ServerProcess.Asked asked = server.ask(ServerProcess.LONG_QUESTION, "token");
    cluster.kill();
    assertThat(asked.rest())
        .contains("event: ended", "\"status\":\"complete\"", "not kept yet", "does not answer")
        .doesNotContain("127.0.0.1", "PostgreSQL", "Exception");
    for (String path : List.of("/api/collections", "/api/contrasts", "/api/health/ready")) {
      assertThat(server.get(path).body())
          .contains("\"status\":503", "the database does not answer")
          .doesNotContain("127.0.0.1", "PostgreSQL", "Exception");
    }
    return asked;
  }

  private static void assertWhole(OwnCluster cluster, ServerProcess.Asked asked) {
    Vertx vertx = Vertx.vertx();
    try {
      PostgresContrasts contrasts =
          new PostgresContrasts(Database.open(vertx, cluster.url(), 1), UUID.randomUUID());
      Trace kept = PostgresExtension.await(contrasts.get(Workspace.ONLY, asked.id()));
      assertThat(kept.status()).isEqualTo(Trace.Status.COMPLETE);
      assertThat(kept.paths().get(0).tokens()).hasSize(1_000);
    } finally {
      PostgresExtension.await(vertx.close());
    }
  }

  private static ServerProcess start(OwnCluster cluster, Map<String, String> settings)
      throws Exception {
    return ServerProcess.start(folder, cluster.url(), settings, List.of());
  }
}
