package io.kvasir.ingest;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.ProblemException;
import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.Migrations;
import io.kvasir.postgres.OwnCluster;
import io.kvasir.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database goes away in the middle of a job: no file fails for it, and none is read again. */
@Tag("slow")
final class DatabaseAwayTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final int FILES = 40;

  private static OwnCluster cluster;
  private static Database database;

  @TempDir private Path folder;

  private final GatedEncoder encoder = new GatedEncoder("gate");

  @BeforeAll
  static void open() {
    cluster = new OwnCluster();
    database = Database.open(VERTX, cluster.url(), 4);
    await(new Migrations(database).run());
  }

  @AfterAll
  static void close() {
    await(database.close());
    cluster.close();
    await(VERTX.close());
  }

  @Test
  void killedAndStartedAgainItCostsNoFile() {
    try (ServerUnderTest server = new ServerUnderTest(database, folder, encoder)) {
      Job job = server.submit("killed", files());
      server.when(job, now -> over(now) >= 3);
      cluster.kill();

      Job waits = server.when(job, now -> now.waiting() != null);
      assertThat(waits.waiting()).isEqualTo(JobSteps.WAITS);
      assertThat(await(server.ingestion().jobs(Workspace.ONLY)))
          .extracting(Job::waiting)
          .contains(waits.waiting());
      sleep(3_000);
      cluster.start();

      assertDoneOnce(server.finished(job));
    }
  }

  @Test
  void heldUpItCostsNoFileEither() {
    try (ServerUnderTest server = new ServerUnderTest(database, folder, encoder)) {
      Job job = server.submit("paused", files());
      server.when(job, now -> over(now) >= 3);
      cluster.pause();
      try {
        server.when(job, now -> JobSteps.WAITS.equals(now.waiting()));
      } finally {
        cluster.resume();
      }

      assertDoneOnce(server.finished(job));
    }
  }

  @Test
  void conflictsWithOtherTransactionsAreTriedAgain() {
    await(
        PostgresExtension.run(
            database,
            """
            CREATE SEQUENCE conflicts;
            CREATE FUNCTION conflict() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF nextval('conflicts') % 3 > 0 THEN
                RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01';
              END IF;
              RETURN NEW;
            END $$;
            CREATE TRIGGER conflict BEFORE INSERT ON documents
              FOR EACH ROW EXECUTE FUNCTION conflict()"""));
    try (ServerUnderTest server = new ServerUnderTest(database, folder, encoder)) {
      Job job = server.submit("conflicts", "1.txt", "one", "2.txt", "two");

      assertThat(server.finished(job).files()).allMatch(DatabaseAwayTest::isDone);
      assertThat(encoder.encoded).containsExactlyInAnyOrder("one", "two");
    } finally {
      await(PostgresExtension.run(database, "DROP FUNCTION conflict CASCADE"));
    }
  }

  @Test
  void whatFailsForAReasonOfItsOwnFailsAtOnce() {
    await(
        PostgresExtension.run(
            database, "ALTER TABLE documents ADD CONSTRAINT odd CHECK (name <> 'odd.txt')"));
    try (ServerUnderTest server = new ServerUnderTest(database, folder, encoder)) {
      Job job = server.submit("odd", "odd.txt", "odd", "even.txt", "even");

      assertThat(server.finished(job).files())
          .extracting(FileStatus::state)
          .containsExactly(FileState.FAILED, FileState.DONE);
    } finally {
      await(PostgresExtension.run(database, "ALTER TABLE documents DROP CONSTRAINT odd"));
    }
  }

  @Test
  void aJobThatWaitsForItCanBeCancelled() {
    try (ServerUnderTest server = new ServerUnderTest(database, folder, encoder)) {
      Job job = server.submit("cancelled", files());
      server.when(job, now -> over(now) >= 3);
      cluster.kill();
      Job left;
      try {
        server.when(job, now -> now.waiting() != null);
        assertThat(server.ingestion().cancel(Workspace.ONLY, job.id()))
            .satisfies(
                told ->
                    assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> await(told)))
                        .isInstanceOf(ProblemException.class)
                        .hasMessageContaining("the job is stopped"));
        left = server.finished(job);
      } finally {
        cluster.start();
      }
      assertThat(left.files())
          .last()
          .returns(FileState.FAILED, FileStatus::state)
          .returns("cancelled", FileStatus::error);
      await(server.ingestion().cancel(Workspace.ONLY, job.id()));
      assertThat(encoder.encoded).hasSizeLessThan(FILES);
    }
  }

  private void assertDoneOnce(Job job) {
    assertThat(job.files()).hasSize(FILES).allMatch(DatabaseAwayTest::isDone);
    assertThat(encoder.encoded).hasSize(FILES).doesNotHaveDuplicates();
    assertThat(
            PostgresExtension.numbers(
                database,
                "SELECT count(*)::int FROM documents d JOIN collections c ON c.id = collection_id"
                    + " WHERE c.name = '%s'".formatted(job.collection())))
        .isEqualTo(List.of(FILES));
  }

  private static String[] files() {
    List<String> files = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      files.add(file + ".txt");
      files.add("text " + file);
    }
    return files.toArray(String[]::new);
  }

  private static long over(Job job) {
    return job.files().stream().filter(FileStatus::isOver).count();
  }

  private static boolean isDone(FileStatus file) {
    return file.state() == FileState.DONE;
  }

  private static void sleep(long milliseconds) {
    try {
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
