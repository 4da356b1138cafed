package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static io.kvasir.postgres.PostgresExtension.simple;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database is brought to the present state once, whoever starts at the same time. */
@ExtendWith(PostgresExtension.class)
final class MigrationsTest {
  @Test
  void everyFileIsListedInOrder() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("sql"))) {
      assertThat(files.map(file -> file.getFileName().toString()).sorted())
          .containsExactlyElementsOf(Migrations.FILES);
    }
  }

  @Test
  void theSecondRunDoesNothing(Database database) {
    assertThat(await(new Migrations(database).run())).isZero();
  }

  @Test
  void serversThatStartTogetherTakeTurns(Database database, Vertx vertx, String url) {
    await(simple(database, "CREATE DATABASE fresh_" + ProcessHandle.current().pid()));
    String name = "fresh_" + ProcessHandle.current().pid();
    Database one = Database.open(vertx, URI.create(url).resolve("/" + name).toString(), 2);
    Database other = Database.open(vertx, URI.create(url).resolve("/" + name).toString(), 2);
    Future<Integer> first = new Migrations(one).run();
    Future<Integer> second = new Migrations(other).run();
    assertThat(await(first) + await(second)).isEqualTo(Migrations.FILES.size());
    await(one.close());
    await(other.close());
    await(simple(database, "DROP DATABASE " + name + " WITH (FORCE)"));
  }

  @Test
  void aChangedOrUnknownFileIsRefused(Database database) {
    await(simple(database, "UPDATE migrations SET checksum = 'x' || checksum"));
    assertConflict(database, "other contents");
    await(simple(database, "UPDATE migrations SET checksum = substr(checksum, 2)"));
    await(simple(database, "INSERT INTO migrations VALUES ('V999__later.sql', 'y')"));
    assertConflict(database, "newer Kvasir");
    await(simple(database, "DELETE FROM migrations WHERE name = 'V999__later.sql'"));
    assertThat(await(new Migrations(database).run())).isZero();
  }

  @Test
  void oldVersionsOfTheExtensionAreTold() {
    assertThat(VectorExtension.isRecent("0.8.4")).isTrue();
    assertThat(VectorExtension.isRecent("0.8.10")).isTrue();
    assertThat(VectorExtension.isRecent("1.0")).isTrue();
    assertThat(VectorExtension.isRecent("0.8.3")).isFalse();
    assertThat(VectorExtension.isRecent("0.8")).isFalse();
  }

  @Test
  void whereItCannotConnectItSaysWhy(Vertx vertx, String url) {
    String otherDatabase = URI.create(url).resolve("/no_such_database").toString();
    assertUnavailable(Database.open(vertx, otherDatabase, 1), "there is no database");
    String otherPassword = url.replaceFirst(":[^:@/]+@", ":wrong@");
    assertUnavailable(Database.open(vertx, otherPassword, 1), "refused the user or password");
    assertUnavailable(
        Database.open(vertx, "postgresql://u:p@127.0.0.1:9/x", 1), "127.0.0.1:9/x does not answer");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> Database.open(vertx, "jdbc:mysql://x", 1))
        .returns(Kind.INVALID, ProblemException::kind);
  }

  private static void assertUnavailable(Database database, String words) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> await(database.ping()))
        .withMessageContaining(words)
        .returns(Kind.UNAVAILABLE, ProblemException::kind);
    await(database.close());
  }

  private static void assertConflict(Database database, String words) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> await(new Migrations(database).run()))
        .withMessageContaining(words)
        .returns(Kind.CONFLICT, ProblemException::kind);
  }
}
