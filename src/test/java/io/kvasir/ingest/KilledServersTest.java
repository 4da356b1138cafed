package io.kvasir.ingest;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Document;
import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresExtension;
import io.kvasir.postgres.PostgresLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Servers end in the middle of jobs: only the file that ends them again and again is blamed. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class KilledServersTest {
  private static final String POISON = "poison";

  @TempDir private Path folder;

  private final GatedEncoder encoder = new GatedEncoder(POISON);
  private final List<ServerUnderTest> servers = new ArrayList<>();

  /** One that is left over would take the jobs of the next test. */
  @AfterEach
  void closeAll() {
    servers.forEach(ServerUnderTest::close);
  }

  @Test
  void onlyTheFileThatEndsServersIsGivenUp(Database database) {
    ServerUnderTest server = server(database);
    Job job = server.submit("poisoned", "1.txt", "one", "2.txt", POISON, "3.txt", "three");
    Job behind = server.submit("poisoned", "4.txt", "four", "5.txt", "five");
    String suspected =
        "SELECT count(*)::int FROM ingestion_readings WHERE job = '%s' AND attempts > 1";
    for (int death = 0; death < JobWork.MOST_ATTEMPTS; death++) {
      encoder.awaitStuck();
      assertThat(PostgresExtension.numbers(database, suspected.formatted(behind.id())))
          .as("what was read before it is cleared before it begins")
          .containsExactly(0);
      server.kill();
      server = server(database);
    }
    Job finished = server.finished(job);

    assertThat(finished.files().get(1))
        .returns(FileState.FAILED, FileStatus::state)
        .satisfies(file -> assertThat(file.error()).contains("3 servers ended while they read it"));
    assertThat(server.finished(behind).files()).allMatch(KilledServersTest::isDone);
    assertThat(await(new PostgresLibrary(database).documents(Workspace.ONLY, "poisoned")))
        .extracting(Document::name)
        .containsExactly("1.txt", "3.txt", "4.txt", "5.txt");
  }

  @Test
  void whatWasReadBesideItIsNotBlamedWithIt(Database database) {
    encoder.stops = "n";
    ServerUnderTest server = server(database);
    Job job = server.submit("beside", "1.txt", "poison n", "2.txt", "two");
    Job beside = server.submit("beside", "3.txt", "innocent");
    server.when(job, KilledServersTest::runs);
    server.when(beside, KilledServersTest::runs);
    encoder.stops = POISON;
    encoder.awaitStuck();
    for (int death = 0; death < JobWork.MOST_ATTEMPTS; death++) {
      server.kill();
      server = server(database);
      if (death < JobWork.MOST_ATTEMPTS - 1) {
        encoder.awaitStuck();
      }
    }

    assertThat(server.finished(job).files())
        .extracting(FileStatus::state)
        .containsExactly(FileState.FAILED, FileState.DONE);
    assertThat(server.finished(beside).files()).allMatch(KilledServersTest::isDone);
  }

  @Test
  void aJobThatComesFurtherEachTimeIsNeverGivenUp(Database database) {
    killAtEachFile(database, 6);
  }

  @Test
  @Tag("long")
  void aHundredServersInTurnLoseNothingOfAJob(Database database) {
    killAtEachFile(database, 100);
  }

  private void killAtEachFile(Database database, int files) {
    String[] namesAndTexts = new String[2 * files];
    for (int file = 0; file < files; file++) {
      namesAndTexts[2 * file] = text(file) + ".txt";
      namesAndTexts[2 * file + 1] = text(file);
    }
    encoder.stops = text(0);
    ServerUnderTest server = server(database);
    Job job = server.submit("further-" + files, namesAndTexts);
    for (int file = 0; file < files; file++) {
      encoder.awaitStuck();
      server.kill();
      encoder.stops = text(file + 1);
      server = server(database);
      int before = file;
      server.when(job, now -> now.files().get(before).isOver());
    }

    assertThat(server.finished(job).files()).allMatch(KilledServersTest::isDone);
    assertThat(await(new PostgresLibrary(database).documents(Workspace.ONLY, "further-" + files)))
        .hasSize(files);
  }

  private static String text(int file) {
    return "text-%03d".formatted(file);
  }

  @Test
  void aFileThatComesFurtherEachTimeIsNeverGivenUp(Database database) {
    StringBuilder text = new StringBuilder();
    for (int batch = 0; batch < 6; batch++) {
      text.append("gate").append(batch).append(" filler.\n\n");
      text.append(
          ("word ".repeat(Splitter.MAX_TOKENS) + "\n\n").repeat(DocumentPassages.BATCH + 1));
    }
    encoder.stops = "gate1";
    ServerUnderTest server = server(database);
    Job job = server.submit("long", "long.txt", text.toString());
    for (int batch = 1; batch < 6; batch++) {
      encoder.awaitStuck();
      int least = batch;
      awaitKeptPassages(database, job, least * DocumentPassages.BATCH);
      server.kill();
      encoder.stops = "gate" + (batch + 1);
      server = server(database);
    }

    assertThat(server.finished(job).files()).allMatch(KilledServersTest::isDone);
  }

  private static void awaitKeptPassages(Database database, Job job, int least) {
    String kept = "SELECT max(passages)::int FROM ingestion_readings WHERE job = '%s'";
    long endNanos = System.nanoTime() + 60_000_000_000L;
    while (PostgresExtension.numbers(database, kept.formatted(job.id())).get(0) < least) {
      assertThat(System.nanoTime()).as("%d passages kept", least).isLessThan(endNanos);
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  @Test
  void aServerThatIsToldToStopIsNoFaultOfTheFile(Database database) {
    ServerUnderTest server = server(database);
    Job job = server.submit("stopped", "1.txt", POISON);
    for (int stop = 0; stop <= JobWork.MOST_ATTEMPTS; stop++) {
      encoder.awaitStuck();
      server.close();
      server = server(database);
    }
    encoder.awaitStuck();
    encoder.stops = "nothing";
    server.close();
    server = server(database);

    assertThat(server.finished(job).files()).allMatch(KilledServersTest::isDone);
  }

  @Test
  void aJobOfTheVersionBeforeIsGoneOnWithAndCanBeReadByIt(Database database) {
    String id = "8c6f6dc1-56de-4a83-a4a9-1a7ea4a4f4c5";
    await(
        PostgresExtension.run(
            database,
            """
            INSERT INTO ingestion_jobs (id, created_at, server, attempts, job) VALUES ('%1$s',
              now(), gen_random_uuid(), 3, '{"id":"%1$s","collection":"before",
              "createdAt":"2026-01-01T00:00:00Z","finished":false,"files":[
              {"name":"1.txt","state":"done","passages":1,"error":null},
              {"name":"2.txt","state":"running","passages":0,"error":null}],
              "passagesDone":1,"passagesPerSecond":0.5}');
            INSERT INTO ingestion_pieces VALUES ('%1$s', 1, 0, 'two')"""
                .formatted(id)));
    ServerUnderTest server = server(database);
    server.when(await(server.ingestion().job(Workspace.ONLY, id)), Job::finished);
    server.close();

    assertThat(
            PostgresExtension.numbers(
                database,
                """
                SELECT count(*) FILTER (WHERE job->'files'->1->>'state' = 'done')::int,
                  count(*) FILTER (WHERE (SELECT string_agg(k, ' ') FROM json_object_keys(job) k)
                    = 'id collection createdAt finished files passagesDone passagesPerSecond')::int,
                  count(*) FILTER (WHERE
                    (SELECT string_agg(k, ' ') FROM json_object_keys(job->'files'->1) k)
                    = 'name state passages error')::int
                FROM ingestion_jobs WHERE id = '%s'"""
                    .formatted(id)))
        .isEqualTo(List.of(1, 1, 1));
  }

  private ServerUnderTest server(Database database) {
    ServerUnderTest server = new ServerUnderTest(database, folder, encoder);
    servers.add(server);
    return server;
  }

  private static boolean runs(Job job) {
    return job.files().stream().anyMatch(file -> file.state() == FileState.RUNNING);
  }

  private static boolean isDone(FileStatus file) {
    return file.state() == FileState.DONE;
  }
}
