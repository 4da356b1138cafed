package io.kvasir.ingest;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is cancelled ends soon and never runs again; what is slow holds nobody else up. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class CancelledJobsTest {
  @TempDir private Path folder;

  private final GatedEncoder encoder = new GatedEncoder("gate");

  @Test
  void aCancelledJobDoesNotRunAgainWhateverBecomesOfTheServer(Database database) {
    ServerUnderTest first = server(database);
    Job running = first.submit("running", "1.txt", "gate", "2.txt", "two");
    Job beside = first.submit("running", "3.txt", "gate");
    Job waiting = first.submit("running", "4.txt", "four");
    first.when(running, CancelledJobsTest::runs);
    first.when(beside, CancelledJobsTest::runs);
    await(first.ingestion().cancel(Workspace.ONLY, running.id()));
    await(first.ingestion().cancel(Workspace.ONLY, waiting.id()));
    first.kill();
    encoder.stops = "nothing";

    try (ServerUnderTest second = server(database)) {
      assertThat(second.finished(running).files()).allMatch(CancelledJobsTest::isCancelled);
      assertThat(second.finished(waiting).files()).allMatch(CancelledJobsTest::isCancelled);
      assertThat(second.finished(beside).files()).noneMatch(CancelledJobsTest::isCancelled);
    }
    assertThat(encoder.encoded).doesNotContain("two", "four");
  }

  @Test
  void anotherServerIsAskedToEndIt(Database database) {
    try (ServerUnderTest one = server(database)) {
      Job job = one.submit("elsewhere", "1.txt", "gate");
      one.when(job, CancelledJobsTest::runs);
      await(
          PostgresExtension.run(
              database,
              "UPDATE ingestion_jobs SET cancelled = true WHERE id = '%s'".formatted(job.id())));

      assertThat(one.finished(job).files()).allMatch(CancelledJobsTest::isCancelled);
    }
  }

  @Test
  void aJobThatAnotherServerTookIsLeftToIt(Database database) {
    try (ServerUnderTest one = server(database)) {
      Job job = one.submit("lost", "1.txt", "gate", "2.txt", "two");
      encoder.awaitStuck();
      await(
          PostgresExtension.run(
              database,
              "INSERT INTO servers (id, name) VALUES (gen_random_uuid(), 'other');"
                  + " UPDATE servers SET seen_at = now() + interval '1 hour' WHERE name = 'other';"
                  + " UPDATE ingestion_jobs SET server = s.id FROM servers s"
                  + " WHERE s.name = 'other' AND ingestion_jobs.id = '%s'".formatted(job.id())));
      await(one.ingestion().job(Workspace.ONLY, job.id()));
      one.when(job, now -> !runs(now) || now.waiting() != null || isLeft(one));
      await(PostgresExtension.run(database, "DELETE FROM servers WHERE name = 'other'"));
      encoder.stops = "nothing";

      assertThat(one.finished(job).files()).allMatch(file -> file.state() == FileState.DONE);
    }
    assertThat(encoder.encoded).containsExactly("gate", "two");
  }

  @Test
  void aSlowFileHoldsNobodyElseUpAndFilesAreCopiedWhenTheirTurnComes(Database database)
      throws IOException {
    try (ServerUnderTest server = server(database)) {
      Job slow = server.submit("slow", "1.txt", "gate", "2.txt", "two", "3.txt", "three");
      server.when(slow, CancelledJobsTest::runs);
      Job quick = server.submit("slow", "4.txt", "four", "5.txt", "five");

      assertThat(server.finished(quick).files()).allMatch(file -> file.state() == FileState.DONE);
      assertThat(copies(server)).isEqualTo(1);
      await(server.ingestion().cancel(Workspace.ONLY, slow.id()));
      assertThat(server.finished(slow).files()).allMatch(CancelledJobsTest::isCancelled);
      assertThat(copies(server)).isZero();
    }
  }

  private static boolean isLeft(ServerUnderTest server) {
    try {
      return copies(server) == 0;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long copies(ServerUnderTest server) throws IOException {
    try (Stream<Path> files = Files.list(server.reading)) {
      return files.count();
    }
  }

  private ServerUnderTest server(Database database) {
    return new ServerUnderTest(database, folder, encoder);
  }

  private static boolean runs(Job job) {
    return job.files().stream().anyMatch(file -> file.state() == FileState.RUNNING);
  }

  private static boolean isCancelled(FileStatus file) {
    return file.state() == FileState.FAILED && "cancelled".equals(file.error());
  }
}
