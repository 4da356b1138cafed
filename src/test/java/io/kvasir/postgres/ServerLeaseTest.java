package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Sampling;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that share a database end what the dead ones among them left, and nothing else. */
@ExtendWith(PostgresExtension.class)
final class ServerLeaseTest {
  private static final Duration SHORT = Duration.ofSeconds(2);

  @Test
  void onlyWhatADeadServerLeftIsEnded(Database database) throws Exception {
    ServerLease dead = new ServerLease(database, "dead", SHORT);
    ServerLease alive = new ServerLease(database, "alive", SHORT);
    ServerLease watching = new ServerLease(database, "watching", SHORT);
    await(dead.beat());
    Trace left = running();
    Trace complete = running().with(Trace.Status.COMPLETE, List.of());
    Trace going = running();
    await(new PostgresContrasts(database, dead.id()).save(Workspace.ONLY, left));
    await(new PostgresContrasts(database, dead.id()).save(Workspace.ONLY, complete));
    await(new PostgresContrasts(database, alive.id()).save(Workspace.ONLY, going));
    await(alive.beat());
    await(watching.beat());
    assertThat(status(database, left)).as("within the lease").isEqualTo(Trace.Status.RUNNING);

    TimeUnit.MILLISECONDS.sleep(SHORT.toMillis() + 200);
    await(alive.beat());
    await(watching.beat());

    assertThat(status(database, left)).isEqualTo(Trace.Status.FAILED);
    assertThat(status(database, complete)).isEqualTo(Trace.Status.COMPLETE);
    assertThat(status(database, going)).isEqualTo(Trace.Status.RUNNING);
    assertThat(servers(database, dead)).as("rows of the dead server").isZero();
    assertThat(servers(database, alive)).isEqualTo(1);
    await(alive.giveBack());
    assertThat(servers(database, alive)).isZero();
  }

  @Test
  void whatNoServerEverOwnedIsEnded(Database database) {
    Trace orphan = running();
    await(new PostgresContrasts(database, UUID.randomUUID()).save(Workspace.ONLY, orphan));
    await(new ServerLease(database, "next", SHORT).beat());
    assertThat(status(database, orphan)).isEqualTo(Trace.Status.FAILED);
  }

  private static Trace.Status status(Database database, Trace trace) {
    return await(new PostgresContrasts(database, UUID.randomUUID()).get(Workspace.ONLY, trace.id()))
        .status();
  }

  private static int servers(Database database, ServerLease lease) {
    return await(database.query("SELECT FROM servers WHERE id = $1", Tuple.of(lease.id()))).size();
  }

  private static Trace running() {
    return new Trace(
        Trace.VERSION,
        UUID.randomUUID().toString(),
        Instant.now(),
        Trace.Status.RUNNING,
        "talk",
        null,
        "Which?",
        null,
        List.of(),
        new Trace.Model("tiny", "abc", "int8"),
        null,
        AnswerStyle.SHORT,
        null,
        Sampling.GREEDY,
        List.of(),
        null,
        null,
        null,
        List.of());
  }
}
