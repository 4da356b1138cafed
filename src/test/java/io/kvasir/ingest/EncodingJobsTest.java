package io.kvasir.ingest;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.Workspace;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresExtension;
import io.kvasir.postgres.PostgresLibrary;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A collection gets another encoder in the background; whatever happens, one of them answers. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class EncodingJobsTest {
  private static final String STOPS = "word150";

  @TempDir private Path folder;

  private final GatedEncoder words = new GatedEncoder("words", "nothing");
  private final GatedEncoder other = new GatedEncoder("other", "nothing");
  private PostgresLibrary library;
  private ServerUnderTest server;

  @BeforeEach
  void open(Database database) {
    library = new PostgresLibrary(database);
    server = server(database);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void anotherEncoderTakesTheCollection() {
    Job upload = server.finished(server.submit("taken", file(3)));

    Job job = server.finished(await(server.ingestion().encode(Workspace.ONLY, "taken", "other")));

    assertThat(job.files())
        .containsExactly(new FileStatus("other", FileState.DONE, 3, null, List.of()));
    assertThat(encoderOf("taken")).isEqualTo("other");
    assertThat(job.encodes()).isTrue();
    assertThat(upload.encodes()).isFalse();
    server.finished(server.submit("taken", "later.txt", "later"));
    assertThat(other.encoded).contains("later");
    assertThat(words.encoded).doesNotContain("later");
  }

  @Test
  void whatIsCancelledLeavesTheEncoderAndIsGoneOnWith() {
    server.finished(server.submit("cancelled", file(200)));
    other.stops = STOPS;
    Job job = await(server.ingestion().encode(Workspace.ONLY, "cancelled", "other"));
    other.awaitStuck();
    await(server.ingestion().cancel(Workspace.ONLY, job.id()));

    assertThat(server.finished(job).files().get(0).error()).isEqualTo("cancelled");
    assertThat(encoderOf("cancelled")).isEqualTo("words");

    other.stops = "nothing";
    int before = other.encoded.size();
    server.finished(await(server.ingestion().encode(Workspace.ONLY, "cancelled", "other")));
    assertThat(encoderOf("cancelled")).isEqualTo("other");
    assertThat(before).isPositive();
    assertThat(other.encoded).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void anotherServerGoesOnWhereOneWasKilled(Database database) {
    server.finished(server.submit("killed", file(200)));
    other.stops = STOPS;
    Job job = await(server.ingestion().encode(Workspace.ONLY, "killed", "other"));
    other.awaitStuck();
    server.kill();
    other.stops = "nothing";
    server = server(database);

    Job done = server.finished(job);
    assertThat(done.files()).extracting(FileStatus::state).containsExactly(FileState.DONE);
    assertThat(done.encodes()).as("kept with the job").isTrue();
    assertThat(encoderOf("killed")).isEqualTo("other");
    assertThat(other.encoded).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void aFileThatWasBeingReadWhenTheEncoderChangedIsEncodedAgain() {
    server.finished(server.submit("changed", file(1)));
    words.stops = "slow";
    Job slow = server.submit("changed", "slow.txt", "slow");
    words.awaitStuck();
    server.finished(await(server.ingestion().encode(Workspace.ONLY, "changed", "other")));
    words.goOn();

    assertThat(server.finished(slow).files())
        .extracting(FileStatus::state)
        .containsExactly(FileState.DONE);
    assertThat(other.encoded).contains("slow");
  }

  @Test
  void aNewCollectionGetsTheEncoderThatIsAskedFor() {
    assertThatThrownBy(() -> server.ingestion().encode(Workspace.ONLY, "none", "other").await())
        .hasMessageContaining("no collection none");
    server.finished(server.submitWith("other", "asked", "1.txt", "one"));
    assertThat(encoderOf("asked")).isEqualTo("other");
    assertThatThrownBy(() -> await(server.ingestion().encode(Workspace.ONLY, "asked", "odd")))
        .hasMessageContaining("no encoder odd");
  }

  private String encoderOf(String collection) {
    return await(library.collection(Workspace.ONLY, collection)).encoder();
  }

  /** A file with so many passages. */
  private static String[] file(int passages) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < passages; i++) {
      text.append("# Part ").append(i).append("\n\nword").append(i).append("\n\n");
    }
    return new String[] {"file.md", text.toString()};
  }

  private ServerUnderTest server(Database database) {
    return new ServerUnderTest(database, folder, words, other);
  }
}
