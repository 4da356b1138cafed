package io.kvasir.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.encode.Encoders;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.kvasir.retrieve.Library.NewPassage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IngestionJobsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private final Shelves shelves = new Shelves();
  private final WordEncoder english = new WordEncoder("english", 256, "en");
  private final WordEncoder chinese = new WordEncoder("chinese", 512, "zh");
  private final IngestionQueue queue =
      new IngestionQueue(
          shelves,
          new Encoders(List.of(english, chinese)),
          new IngestionLimits(2, 1 << 20, 10, 1000, Duration.ofMinutes(1), 512L << 20));

  @AfterEach
  void close() {
    queue.close();
  }

  @Test
  void aDocumentIsStoredWithPassagesThatPointIntoItsText() throws IOException {
    Job job = ingest("notes", null, source("a/b.md", "# Title\n\n## Part\n\nSome words.\n\nMore."));
    assertThat(job.files()).containsExactly(new FileStatus("a/b.md", FileState.DONE, 1, null));
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
        .isEqualTo(new DocumentCollection("faq", "zh", "chinese", 0, 0, List.of()));
    ingest("faq", null, source("b.txt", "English words in a Chinese collection."));
    assertThat(english.encoded).isEmpty();
    ingest("told", "zh-CN", source("c.txt", "English words."));
    assertThat(shelves.collections.get("told").encoder()).isEqualTo("chinese");
  }

  @Test
  void aCollectionWhoseEncoderIsGoneSaysSo() throws IOException {
    shelves.create("old", "en", "forgotten", 3);
    Job job = ingest("old", null, source("a.txt", "words"));
    assertThat(job.files().get(0).error()).contains("no encoder forgotten", "english, chinese");
  }

  @Test
  void aFullQueueIsBusyAndKeepsNoFile() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    english.beforeBatch = () -> wait(running, go);
    Job first = queue.submit("a", "en", List.of(source("1.txt", "one"))).result();
    assertThat(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    queue.submit("a", "en", List.of(source("2.txt", "two")));
    queue.submit("a", "en", List.of(source("3.txt", "three")));
    Source refused = source("4.txt", "four");
    assertThat(queue.submit("a", "en", List.of(refused)).cause())
        .isInstanceOfSatisfying(
            ProblemException.class, problem -> assertThat(problem.kind()).isEqualTo(Kind.BUSY));
    assertThat(refused.content()).doesNotExist();
    assertThat(queue.job(first.id()).files().get(0).state()).isEqualTo(FileState.RUNNING);
    go.countDown();
    for (Job job : queue.jobs()) {
      assertThat(finished(queue, job.id(), PATIENCE).files())
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
    Job job = queue.submit("a", "en", sources).result();
    assertThat(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    queue.cancel(job.id());
    go.countDown();
    job = finished(queue, job.id(), PATIENCE);
    assertThat(job.files())
        .containsExactly(
            new FileStatus("1.txt", FileState.DONE, 1, null),
            new FileStatus("2.txt", FileState.FAILED, 0, "cancelled"),
            new FileStatus("3.txt", FileState.FAILED, 0, "cancelled"));
    assertThat(shelves.stored).containsOnlyKeys("1.txt");
    assertThat(sources).noneMatch(source -> Files.exists(source.content()));
  }

  @Test
  void closingEndsTheJobsAndLeavesNoTemporaryFile() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    english.beforeBatch = () -> wait(running, new CountDownLatch(1));
    List<Source> sources = List.of(source("1.txt", "one"), source("2.txt", "two"));
    Job first = queue.submit("a", "en", sources).result();
    Source waiting = source("3.txt", "three");
    Job second = queue.submit("a", "en", List.of(waiting)).result();
    assertThat(running.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    queue.close();
    assertThat(queue.job(first.id()).finished()).isTrue();
    assertThat(queue.job(second.id()).finished()).isTrue();
    assertThat(sources).noneMatch(source -> Files.exists(source.content()));
    assertThat(waiting.content()).doesNotExist();
    assertThat(queue.submit("a", "en", List.of(source("4.txt", "x"))).cause())
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
    assertThat(queue.submit("a", "English!", List.of(source("a.txt", "x"))).cause())
        .hasMessageContaining("English!");
    assertThat(queue.submit("a", "en", List.of()).cause()).hasMessageContaining("no file");
    assertThatThrownBy(() -> queue.job("nothing")).hasMessageContaining("no job nothing");
  }

  @Test
  void onlyTheLastJobsAreRemembered() throws IOException {
    String first = ingest("a", "en", source("a.txt", "x")).id();
    for (int i = 0; i < IngestionLimits.KEPT_JOBS; i++) {
      ingest("a", "en", source("a.txt", "x"));
    }
    assertThat(queue.jobs()).hasSize(IngestionLimits.KEPT_JOBS);
    assertThatThrownBy(() -> queue.job(first)).isInstanceOf(ProblemException.class);
  }

  static Job finished(IngestionQueue ingestion, String id, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    Job job = ingestion.job(id);
    while (!job.finished()) {
      assertThat(System.nanoTime()).as("still running: %s", job).isLessThan(end);
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
      job = ingestion.job(id);
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
    Job job = queue.submit(collection, language, List.of(source)).result();
    return finished(queue, job.id(), PATIENCE);
  }

  private Source source(String name, String text) throws IOException {
    Path file = Files.createTempFile(folder, "upload", "");
    return new Source(name, Files.writeString(file, text), true);
  }
}
