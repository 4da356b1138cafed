package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.ValueKind;
import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.kvasir.ingest.JobStore.Begun;
import io.kvasir.ingest.JobStore.Standing;
import io.kvasir.ingest.JobStore.TakenOver;
import io.kvasir.ingest.Task;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a server keeps of a job is what another one finds. */
@ExtendWith(PostgresExtension.class)
final class PostgresJobsTest {
  private static final List<String> NOTES =
      List.of("Was read as windows-1251.", "3 pages have no text.");

  @TempDir private Path folder;

  @Test
  void aJobIsTakenOverAsItWasKept(Database database) throws IOException {
    PostgresJobs one = new PostgresJobs(database, UUID.randomUUID());
    PostgresJobs other = new PostgresJobs(database, UUID.randomUUID());
    Job job = job(new FileStatus("1.txt", FileState.DONE, 7, null, NOTES), running(0));
    await(
        one.add(
            Workspace.ONLY,
            job,
            Task.read("en", "toy", ValueKind.FIELDS),
            List.of(source("one"), source("two"))));
    assertThat(await(one.begin(job.id(), 1))).isEqualTo(Standing.OURS);
    assertThat(await(one.save(with(job, running(64))))).isEqualTo(Standing.OURS);
    assertThat(await(one.takeOver(Set.of(job.id())))).as("its own").isEmpty();

    TakenOver taken = await(other.takeOver(Set.of())).orElseThrow();

    assertThat(taken.job()).isEqualTo(with(job, running(64)));
    assertThat(taken.task()).isEqualTo(Task.read("en", "toy", ValueKind.FIELDS));
    assertThat(taken.begun()).isEqualTo(Map.of(1, new Begun(1, 64)));
    assertThat(await(other.piece(job.id(), 0, 0))).as("of a file that is over").isEmpty();
    assertThat(await(other.piece(job.id(), 1, 0))).asString().isEqualTo("two");
    assertThat(await(one.begin(job.id(), 1))).isEqualTo(Standing.LOST);
    assertThat(await(one.save(job))).isEqualTo(Standing.LOST);
    assertThat(await(one.job(Workspace.ONLY, job.id())).files().get(0).notes()).isEqualTo(NOTES);
    await(other.cancel(Workspace.ONLY, job.id()));
    assertThat(await(other.begin(job.id(), 1))).isEqualTo(Standing.CANCELLED);
    assertThat(await(other.standing(job.id()))).isEqualTo(Standing.CANCELLED);
  }

  @Test
  void aJobThatRemembersIsTakenOverAsOne(Database database) {
    PostgresJobs one = new PostgresJobs(database, UUID.randomUUID());
    Job job = job(FileStatus.waiting("tiny"));
    await(one.add(Workspace.ONLY, job, Task.remember(), List.of()));

    TakenOver taken =
        await(new PostgresJobs(database, UUID.randomUUID()).takeOver(Set.of())).orElseThrow();
    await(database.query("DELETE FROM ingestion_jobs", Tuple.tuple()));

    assertThat(taken.task()).isEqualTo(Task.remember());
    assertThat(taken.job()).returns(true, Job::remembers).returns(false, Job::encodes);
  }

  private static Job job(FileStatus... files) {
    return new Job(
        UUID.randomUUID().toString(),
        "kept",
        Instant.parse("2026-01-02T03:04:05Z"),
        false,
        List.of(files),
        7,
        1.5,
        null,
        false,
        false);
  }

  private static Job with(Job job, FileStatus second) {
    return new Job(
        job.id(),
        job.collection(),
        job.createdAt(),
        false,
        List.of(job.files().get(0), second),
        job.passagesDone(),
        job.passagesPerSecond(),
        null,
        false,
        false);
  }

  private static FileStatus running(int passages) {
    return new FileStatus("2.txt", FileState.RUNNING, passages, null, List.of());
  }

  private Source source(String text) throws IOException {
    return new Source(text, Files.writeString(folder.resolve(text), text), true);
  }
}
