package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.PathTrace;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresContrasts;
import io.kvasir.postgres.PostgresExtension;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server in a process of its own, told to stop, or killed, in the middle of answers. */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(PostgresExtension.class)
final class StopSignalTest {
  private static final int STOP_SECONDS = 60;

  @TempDir static Path folder;
  private static String lost;

  /** One is killed first: its lease runs out while the other tests run. */
  @BeforeAll
  static void killOne(String databaseUrl) throws Exception {
    ServerProcess.prepare(folder);
    try (ServerProcess server = start(databaseUrl, "0")) {
      lost = server.ask(ServerProcess.LONG_QUESTION, "token").id();
      server.kill();
    }
  }

  @Test
  void whatRunsMayEndWhileNewWorkIsRefused(String databaseUrl, Database database) throws Exception {
    try (ServerProcess server = start(databaseUrl, "60")) {
      ServerProcess.Asked first = server.ask(ServerProcess.LONG_QUESTION, "token");
      ServerProcess.Asked second = server.ask(ServerProcess.LONG_QUESTION, "queued");

      server.terminate();
      server.until("it drains", () -> server.get("/api/health/ready").statusCode() == 503);
      HttpResponse<String> late = server.post("/api/contrasts", ServerProcess.LONG_QUESTION);
      Trace running = server.trace(second.id());

      assertThat(late.statusCode()).isEqualTo(503);
      assertThat(late.headers().firstValue("retry-after")).isPresent();
      assertThat(late.body()).contains("shutting down");
      assertThat(running.status()).isEqualTo(Trace.Status.RUNNING);
      assertThat(first.rest()).contains("event: ended").contains("\"status\":\"complete\"");
      assertThat(second.rest()).contains("event: ended").contains("\"status\":\"complete\"");
      assertThat(server.exit(STOP_SECONDS)).as(server.log()).isZero();
      assertThat(server.log()).doesNotContain("Exception");
      assertThat(stored(database, second).status()).isEqualTo(Trace.Status.COMPLETE);
    }
  }

  @Test
  void whatDoesNotEndInTimeIsCancelledInWordsAndWhatCameIsKept(
      String databaseUrl, Database database) throws Exception {
    try (ServerProcess server = start(databaseUrl, "0")) {
      ServerProcess.Asked asked = server.ask(ServerProcess.LONG_QUESTION, "token");
      ServerProcess.Asked waiting = server.ask(ServerProcess.LONG_QUESTION, "queued");

      server.terminate();

      assertThat(asked.rest()).contains("\"status\":\"cancelled\"").contains("shutting down");
      assertThat(waiting.rest()).contains("\"status\":\"cancelled\"").contains("shutting down");
      assertThat(server.exit(STOP_SECONDS)).as(server.log()).isZero();
      assertThat(server.log()).doesNotContain("Exception");
      Trace kept = stored(database, asked);
      assertThat(kept.status()).isEqualTo(Trace.Status.CANCELLED);
      assertThat(kept.paths().get(0).tokens()).isNotEmpty();
      assertThat(stored(database, waiting).status()).isEqualTo(Trace.Status.CANCELLED);
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void whatAKilledServerLeftIsEndedByTheNextAndWhatAnotherRunsIsNot(String databaseUrl)
      throws Exception {
    try (ServerProcess next = start(databaseUrl, "0")) {
      next.until("it ended", () -> next.trace(lost).status() != Trace.Status.RUNNING);

      Trace ended = next.trace(lost);
      assertThat(ended.status()).isEqualTo(Trace.Status.FAILED);
      PathTrace path = ended.paths().get(0);
      assertThat(path.finishReason()).isEqualTo("error");
      assertThat(path.error()).contains("ask again");
      assertThat(next.ask(ServerProcess.LONG_QUESTION, "token").rest())
          .contains("\"status\":\"complete\"");
    }
  }

  private static ServerProcess start(String databaseUrl, String drainSeconds) throws Exception {
    return ServerProcess.start(
        folder, databaseUrl, Map.of("KVASIR_SERVER_DRAIN_SECONDS", drainSeconds), List.of());
  }

  private static Trace stored(Database database, ServerProcess.Asked asked) {
    return PostgresExtension.await(
        new PostgresContrasts(database, UUID.randomUUID()).get(Workspace.ONLY, asked.id()));
  }
}
