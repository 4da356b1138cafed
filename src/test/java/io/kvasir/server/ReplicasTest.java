package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.k8s.Queries;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Two servers over one database: what one took, both have, and no restart loses anything. */
final class ReplicasTest {
  @RegisterExtension static final PostgresExtension DATABASE = PostgresExtension.unmigrated();

  private static final int CLIENTS = 4;
  private static final int DRAIN_SECONDS = 5;
  private static final int STOP_SECONDS = 30;
  private static final int LONG_ANSWER = 1_000;

  private static final List<Replica> STARTED = new CopyOnWriteArrayList<>();

  @TempDir static Path folder;
  private static Replica first;
  private static Replica second;

  /** A server that comes back in the same place. */
  private static final class Replica {
    private final Path data;
    private final String databaseUrl;
    private final int port;
    private ServerProcess server;

    Replica(String name, String databaseUrl) {
      port = Nginx.freePort();
      data = folder.resolve(name);
      this.databaseUrl = databaseUrl;
      ServerProcess.prepare(data);
      server = start();
      STARTED.add(this);
    }

    private ServerProcess start() {
      try {
        return ServerProcess.start(
            data,
            databaseUrl,
            Map.of(
                "KVASIR_HTTP_PORT",
                Integer.toString(port),
                "KVASIR_ENGINE_SLOTS",
                "4",
                "KVASIR_SERVER_DRAIN_SECONDS",
                Integer.toString(DRAIN_SECONDS)),
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
      } catch (Exception e) {
        throw new AssertionError("the server in " + data + " did not start", e);
      }
    }

    void startAgain() {
      server = start();
    }

    ReplicaClient client(String name) {
      return new ReplicaClient(port, name);
    }
  }

  /** Both at the same moment, on a database with nothing in it. */
  @BeforeAll
  static void start(String databaseUrl) {
    CompletableFuture<Replica> other =
        CompletableFuture.supplyAsync(() -> new Replica("second", databaseUrl));
    first = new Replica("first", databaseUrl);
    second = other.join();
  }

  @AfterAll
  static void stop() throws Exception {
    for (Replica replica : STARTED) {
      replica.server.close();
    }
  }

  @Test
  void startedAtTheSameMomentTheyMigrateTheDatabaseOnce(Database database) {
    assertThat(
            PostgresExtension.numbers(
                database, "SELECT count(*)::int, count(DISTINCT name)::int FROM migrations"))
        .satisfies(counts -> assertThat(counts.get(0)).isPositive().isEqualTo(counts.get(1)));
  }

  @Test
  void eachServesWhatTheOtherTook() throws Exception {
    ReplicaClient one = first.client("one");
    ReplicaClient other = second.client("other");

    String job = one.upload("shared", "toads.md", "# Toads\n\nA toad is quiet.");
    waitForDocument(other, "shared", "toads.md");
    waitFor(() -> other.get("/api/jobs/" + job).path("finished").asBoolean());
    ReplicaClient.Answer answer = other.ask("Who is quiet?", 8);

    assertThat(one.get("/api/contrasts/" + answer.id()).path("status").asText())
        .isEqualTo("complete");
    assertThat(other.delete("/api/collections/shared")).isEqualTo(204);
    assertThat(one.get("/api/collections/shared").isMissingNode()).isTrue();
  }

  @Test
  void whatTheDashboardTheAlertsAndTheScalerAskIsTold() throws Exception {
    ReplicaClient client = first.client("watched");
    client.upload("watched", "newts.md", "# Newts\n\nA newt swims.");
    waitForDocument(client, "watched", "newts.md");
    client.askOf("watched", "Who swims?");
    String told = client.text("/metrics");

    List<String> queries = Queries.of("keda");
    assertThat(queries).hasSizeGreaterThan(20);
    assertThat(queries).allSatisfy(query -> assertThat(Queries.unanswered(query, told)).isEmpty());
  }

  @Test
  void aRollingRestartUnderLoadLosesNoRequest() throws Exception {
    try (Nginx proxy = new Nginx(folder.resolve("nginx"), List.of(first.port, second.port))) {
      waitFor(
          () -> !new ReplicaClient(proxy.port(), "none").get("/api/health/live").isMissingNode());
      Load load = Load.of(CLIENTS, proxy.port());
      load.waitForAnswers(CLIENTS);
      for (Replica replica : List.of(first, second)) {
        CompletableFuture<ReplicaClient.Answer> running = longAnswerOf(replica);
        replica.server.terminate();
        assertThat(replica.server.exit(STOP_SECONDS)).as(replica.server.log()).isZero();
        assertThat(running.get(STOP_SECONDS, TimeUnit.SECONDS))
            .matches(answer -> answer.ended() || answer.brokenOffInWords());
        load.waitForAnswers(CLIENTS);
        replica.startAgain();
        load.waitForAnswers(CLIENTS);
      }
      load.end();

      System.out.printf(
          "rolling restart: %d answers, %d failures, longest pause %d ms%n",
          load.answers().size(), load.failures().size(), load.longestPause().toMillis());
      assertThat(load.failures()).as(proxy.errors()).isEmpty();
      ReplicaClient returning = new ReplicaClient(proxy.port(), "returning");
      for (ReplicaClient.Answer answer : load.answers()) {
        JsonNode trace = returning.get("/api/contrasts/" + answer.id());
        assertThat(trace.path("status").asText()).isIn("complete", "cancelled", "failed");
      }
    }
  }

  /** An answer that runs when the server is told to stop. */
  private static CompletableFuture<ReplicaClient.Answer> longAnswerOf(Replica replica)
      throws InterruptedException {
    CompletableFuture<ReplicaClient.Answer> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return replica.client("long").ask("Tell all of it.", LONG_ANSWER);
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    TimeUnit.MILLISECONDS.sleep(200);
    return answer;
  }

  @Test
  void whatWasAcknowledgedOutlivesTheServerThatIsKilled() throws Exception {
    ReplicaClient survivor = second.client("survivor");
    ReplicaClient victim = first.client("victim");
    victim.upload("kept", "stored.md", "# Frogs\n\nA frog of the pond sings at night.");
    waitForDocument(victim, "kept", "stored.md");
    ReplicaClient.Answer answer = victim.ask("Who sings?", 8);
    String job = victim.upload("kept", "accepted.md", "# Newts\n\nA newt swims.");

    first.server.kill();

    try {
      assertThat(survivor.get("/api/contrasts/" + answer.id()).path("status").asText())
          .isEqualTo("complete");
      assertThat(names(survivor, "kept")).contains("stored.md");
      waitForDocument(survivor, "kept", "accepted.md");
      waitFor(() -> survivor.get("/api/jobs/" + job).path("finished").asBoolean());
    } finally {
      first.startAgain();
    }
  }

  @Test
  void aBackupIsAWholeKvasir(@TempDir Path backup) throws Exception {
    ReplicaClient client = first.client("backed-up");
    client.upload("precious", "owls.md", "# Owls\n\nAn owl sees at night.");
    waitForDocument(client, "precious", "owls.md");
    ReplicaClient.Answer answer = client.askOf("precious", "Who sees at night?");

    Replica restored = new Replica("restored", DATABASE.copy(backup.resolve("kvasir.dump")));

    ReplicaClient again = restored.client("again");
    assertThat(again.get("/api/contrasts/" + answer.id()).path("question").asText())
        .isEqualTo("Who sees at night?");
    assertThat(again.askOf("precious", "Who sees at night?").events()).contains("owls.md");
    restored.server.close();
  }

  private static void waitForDocument(ReplicaClient client, String collection, String document) {
    waitFor(() -> names(client, collection).contains(document));
  }

  private static List<String> names(ReplicaClient client, String collection)
      throws IOException, InterruptedException {
    return client.get("/api/collections/" + collection + "/documents").findValuesAsText("name");
  }

  private interface Check {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void waitFor(Check check) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try {
      while (!holds(check)) {
        assertThat(System.nanoTime()).as("waited a minute").isLessThan(deadline);
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean holds(Check check) throws InterruptedException {
    try {
      return check.holds();
    } catch (IOException notYet) {
      return false;
    }
  }
}
