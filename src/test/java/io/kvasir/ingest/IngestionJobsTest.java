package io.kvasir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.contrast.NothingKept;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.ValueKind;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.kvasir.retrieve.Library.NewCollection;
import io.kvasir.retrieve.Library.NewPassage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestionJobsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private final Shelves shelves = new Shelves();
  private final WordEncoder english = new WordEncoder("english", 256, "en");
  private final WordEncoder chinese = new WordEncoder("chinese", 512, "zh");
  private SharedIngestion ingestion;

  @BeforeEach
  void open() throws IOException {
    ingestion =
        ingestion(
            shelves,
            new Encoders(List.of(english, chinese)),
            new IngestionLimits(2, 1, 1 << 20, 10, 1000, Duration.ofMinutes(1), 512L << 20),
            folder.resolve("reading"));
  }

  @AfterEach
  void close() {
    ingestion.close();
  }

  static SharedIngestion ingestion(
      Shelves shelves, Encoders encoders, IngestionLimits limits, Path reading) throws IOException {
    Files.createDirectories(reading);
    MemoryJobs jobs = new MemoryJobs();
    return new SharedIngestion(
        new IngestionQueue(shelves, shelves, encoders, new NothingKept(), limits, jobs, reading),
        jobs,
        shelves);
  }

  @Test
  void aDocumentIsStoredWithPassagesThatPointIntoItsText() throws IOException {
    Job job = ingest("notes", null, source("a/b.md", "# Title\n\n## Part\n\nSome words.\n\nMore."));
    assertThat(job.files())
        .containsExactly(new FileStatus("a/b.md", FileState.DONE, 1, null, List.of()));
    Shelves.Stored stored = shelves.stored.get("a/b.md");
    assertThat(stored.document().title()).isEqualTo("Title");
    assertThat(stored.document().mediaType()).isEqualTo("text/markdown");
    NewPassage passage = stored.passages().get(0);
    assertThat(passage.heading()).isEqualTo("Title › Part");
    assertThat(passage.value())
        .isEqualTo("Some words.\n\nMore.")
        .isEqualTo(stored.document().text().substring(passage.start(), passage.end()));
    assertThat(passage.key()).isEqualTo("Title › Part\nSome words.\n\nMore.");
    assertThat(english.encoded).containsExactly(passage.key());
  }

  @Test
  void theLanguageOfTheFirstTextChoosesTheEncoder() throws IOException {
    ingest("faq", null, source("a.txt", "软件包管理系统 dpkg 是什么？"));
    assertThat(shelves.collections.get("faq"))
        .isEqualTo(
            new DocumentCollection("faq", "zh", "chinese", ValueKind.RAW, 0, 0, 0, List.of()));
    ingest("faq", null, source("b.txt", "English words in a Chinese collection."));
    assertThat(english.encoded).isEmpty();
    ingest("told", "zh-CN", source("c.txt", "English words."));
    assertThat(shelves.collections.get("told").encoder()).isEqualTo("chinese");
  }

  @Test
  void valuesOfAnotherKindGoToAnotherCollection() throws IOException {
    read("kinds", Task.read("en", null, ValueKind.SUMMARY), source("a.txt", "One. Two. Three."));
    assertThat(shelves.collections.get("kinds").values()).isEqualTo(ValueKind.SUMMARY);
    Job other = read("kinds", Task.read("en", null, ValueKind.RAW), source("b.txt", "Four."));
    assertThat(other.files().get(0).error())
        .isEqualTo(
            "the values of the collection kinds are summary, not raw; make another collection for"
                + " those");
    assertThat(ingest("kinds", "en", source("c.txt", "Five.")).files().get(0).error()).isNull();
  }

  @Test
  void aCollectionWhoseEncoderIsGoneSaysSo() throws IOException {
    shelves.create(Workspace.ONLY, new NewCollection("old", "en", "forgotten", 3));
    Job job = ingest("old", null, source("a.txt", "words"));
    assertThat(job.files().get(0).error()).contains("no encoder forgotten", "english, chinese");
  }

  @Test
  void aFullQueueIsBusyAndKeepsNoFile() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    english.beforeBatch = () -> wait(running, go);
    Job first =
        ingestion
            .submit(
                Workspace.ONLY, "a", Task.read("en", null, null), List.of(source("1.txt", "one")))
            .result();
    assertThat(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    ingestion.submit(
        Workspace.ONLY, "a", Task.read("en", null, null), List.of(source("2.txt", "two")));
    ingestion.submit(
        Workspace.ONLY, "a", Task.read("en", null, null), List.of(source("3.txt", "three")));
    Source refused = source("4.txt", "four");
    assertThat(
            ingestion
                .submit(Workspace.ONLY, "a", Task.read("en", null, null), List.of(refused))
                .cause())
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.BUSY));
    assertThat(refused.content()).doesNotExist();
    assertThat(ingestion.job(Workspace.ONLY, first.id()).result().files().get(0).state())
        .isEqualTo(FileState.RUNNING);
    go.countDown();
    for (Job job : ingestion.jobs(Workspace.ONLY).result()) {
      assertThat(finished(ingestion, job.id(), PATIENCE).files())
          .allMatch(file -> file.state() == FileState.DONE);
    }
  }

  @Test
  void cancellingKeepsWhatIsStoredAndStopsTheRest() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<Source> sources =
        List.of(
            source("1.txt", "one"),
            source("2.txt", "word ".repeat(100 * Splitter.MAX_TOKENS)),
            source("3.txt", "three"));
    english.beforeBatch =
        () -> {
          if (!english.encoded.isEmpty()) {
            wait(running, go);
          }
        };
    Job job = ingestion.submit(Workspace.ONLY, "a", Task.read("en", null, null), sources).result();
    assertThat(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    ingestion.cancel(Workspace.ONLY, job.id());
    go.countDown();
    job = finished(ingestion, job.id(), PATIENCE);
    assertThat(job.files())
        .containsExactly(
            new FileStatus("1.txt", FileState.DONE, 1, null, List.of()),
            new FileStatus("2.txt", FileState.FAILED, 0, "cancelled", List.of()),
            new FileStatus("3.txt", FileState.FAILED, 0, "cancelled", List.of()));
    assertThat(shelves.stored).containsOnlyKeys("1.txt");
    assertThat(sources).noneMatch(source -> Files.exists(source.content()));
  }

  @Test
  void closingLeavesTheJobsAsTheyAreAndNoTemporaryFile() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    english.beforeBatch = () -> wait(running, new CountDownLatch(1));
    List<Source> sources = List.of(source("1.txt", "one"), source("2.txt", "two"));
    Job first =
        ingestion.submit(Workspace.ONLY, "a", Task.read("en", null, null), sources).result();
    Job second =
        ingestion
            .submit(
                Workspace.ONLY, "a", Task.read("en", null, null), List.of(source("3.txt", "three")))
            .result();
    assertThat(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    ingestion.close();

    for (Job job : List.of(first, second)) {
      assertThat(ingestion.job(Workspace.ONLY, job.id()).result())
          .satisfies(left -> assertThat(left.finished()).isFalse())
          .satisfies(left -> assertThat(left.files()).noneMatch(FileStatus::isOver));
    }
    assertThat(folder).isDirectoryNotContaining("regex:.*/(reading/|upload).+");
    assertThat(
            ingestion
                .submit(
                    Workspace.ONLY, "a", Task.read("en", null, null), List.of(source("4.txt", "x")))
                .cause())
        .hasMessageContaining("stopping");
  }

  @Test
  void filesThatAreNotTemporaryStay() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.txt"), "words");
    ingest("a", "en", new Source("mine.txt", mine, false));
    assertThat(mine).exists();
  }

  @Test
  void requestsThatMakeNoSenseAreRefused() throws IOException {
    assertThat(
            ingestion
                .submit(
                    Workspace.ONLY,
                    "a",
                    Task.read("English!", null, null),
                    List.of(source("a.txt", "x")))
                .cause())
        .hasMessageContaining("English!");
    assertThat(
            ingestion.submit(Workspace.ONLY, "a", Task.read("en", null, null), List.of()).cause())
        .hasMessageContaining("no file");
    assertThat(ingestion.job(Workspace.ONLY, "nothing").cause())
        .hasMessageContaining("no job nothing");
  }

  static Job finished(Ingestion ingestion, String id, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    Job job = ingestion.job(Workspace.ONLY, id).result();
    while (!job.finished()) {
      assertThat(System.nanoTime()).as("still running: %s", job).isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      job = ingestion.job(Workspace.ONLY, id).result();
    }
    return job;
  }

  private static void wait(CountDownLatch running, CountDownLatch go) {
    running.countDown();
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Job ingest(String collection, String language, Source source) {
    return read(collection, Task.read(language, null, null), source);
  }

  private Job read(String collection, Task task, Source source) {
    Job job = ingestion.submit(Workspace.ONLY, collection, task, List.of(source)).result();
    return finished(ingestion, job.id(), PATIENCE);
  }

  private Source source(String name, String text) throws IOException {
    Path file = Files.createTempFile(folder, "upload", "");
    return new Source(name, Files.writeString(file, text), true);
  }
}
