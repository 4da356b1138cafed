package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.retrieve.Library.NewCollection;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PostgreSQL is killed in the middle of a request: a clear error, then everything as before. */
@Tag("slow")
final class RecoveryTest {
  @Test
  void aKilledServerIsReportedAndFoundAgain() {
    Vertx vertx = Vertx.vertx();
    try (OwnCluster cluster = new OwnCluster()) {
      Database database = Database.open(vertx, cluster.url(), 4);
      await(new Migrations(database).run());
      PostgresLibrary library = new PostgresLibrary(database);
      await(library.create(Workspace.ONLY, new NewCollection("before", "en", "toy", 3)));
      Future<RowSet<Row>> running = database.query("SELECT pg_sleep(50)", Tuple.tuple());
      await(database.ping());

      cluster.kill();

      assertUnavailable(running);
      assertUnavailable(library.collections(Workspace.ONLY));
      assertUnavailable(database.transaction(connection -> Future.succeededFuture()));

      cluster.start();

      assertThat(await(library.collections(Workspace.ONLY))).hasSize(1);
      await(library.create(Workspace.ONLY, new NewCollection("after", "en", "toy", 3)));
      assertThat(await(library.collections(Workspace.ONLY))).hasSize(2);
      await(database.close());
    }
    await(vertx.close());
  }

  private static void assertUnavailable(Future<?> future) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> await(future))
        .withMessageContaining("PostgreSQL at 127.0.0.1:")
        .withMessageContaining("does not answer")
        .returns(
            "the database does not answer; check that it runs, then try again",
            ProblemException::told)
        .returns(Kind.UNAVAILABLE, ProblemException::kind);
  }
}
