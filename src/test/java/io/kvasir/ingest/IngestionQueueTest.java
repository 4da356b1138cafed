package io.kvasir.ingest;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kvasir.contrast.NothingKept;
import io.kvasir.core.Document;
import io.kvasir.core.Hit;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.kvasir.ingest.format.PdfFiles;
import io.kvasir.models.Catalogue;
import io.kvasir.onnx.OnnxEncoder;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresEncodings;
import io.kvasir.postgres.PostgresExtension;
import io.kvasir.postgres.PostgresJobs;
import io.kvasir.postgres.PostgresLibrary;
import io.kvasir.postgres.PostgresRetriever;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Retriever;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files all the way into PostgreSQL and back by a question. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class IngestionQueueTest {
  private static final IngestionLimits LIMITS =
      new IngestionLimits(2, 1, 64L << 20, 50, 500, Duration.ofMinutes(1), 512L << 20);

  private static Encoders encoders;
  private static PostgresLibrary library;
  private static Retriever retriever;
  private static SharedIngestion ingestion;

  @TempDir Path folder;

  @BeforeAll
  static void open(Database database, @TempDir Path reading) {
    encoders =
        new Encoders(
            Catalogue.shipped().encoders().stream()
                .map(model -> OnnxEncoder.open(model, 2))
                .toList());
    library = new PostgresLibrary(database);
    retriever = new PostgresRetriever(database, encoders, Fusion.DEFAULT);
    PostgresJobs jobs = new PostgresJobs(database, UUID.randomUUID());
    ingestion =
        new SharedIngestion(
            new IngestionQueue(
                library,
                new PostgresEncodings(database),
                encoders,
                new NothingKept(),
                LIMITS,
                jobs,
                reading),
            jobs,
            library);
  }

  @AfterAll
  static void close() {
    ingestion.close();
    encoders.close();
  }

  @Test
  void aPageIsFoundByAQuestionWithItsHeadingPath() throws IOException {
    Job job =
        ingest(
            "pages",
            text(
                "faq.html",
                """
                <html><head><title>The FAQ</title></head><body><div class="navheader">Prev</div>
                <h1>Chapter&nbsp;1. Packages</h1><div class="toc">1.1 Which package owns a file?</div>
                <h2>1.1. Which package owns a file?</h2><p>Run <code>dpkg --search</code> with
                the file's name.</p><h2>1.2. Mirrors</h2><p>Choose one near you.</p></body></html>
                """),
            text(
                "notes.md",
                "# Kernel\n\nCompile it with *make*.\n\n## Modules\n\n- load them\n- unload them\n"));
    assertThat(job.files()).allMatch(file -> file.state() == FileState.DONE);
    assertThat(await(library.collection(Workspace.ONLY, "pages")))
        .returns("en", collection -> collection.language())
        .returns("all-MiniLM-L6-v2", collection -> collection.encoder());
    assertThat(await(library.documents(Workspace.ONLY, "pages")))
        .extracting(Document::title)
        .containsExactly("The FAQ", "Kernel");
    List<Hit> hits =
        await(
                retriever.retrieve(
                    Workspace.ONLY,
                    "pages",
                    Scope.ALL,
                    "How do I find which package a file belongs to?",
                    3))
            .hits();
    Passage best = hits.get(0).passage();
    assertThat(best.heading()).isEqualTo("Chapter 1. Packages › 1.1. Which package owns a file?");
    assertThat(best.value()).isEqualTo("Run dpkg --search with the file's name.");
    assertThat(
            await(library.document(Workspace.ONLY, best.documentId()))
                .text()
                .substring(best.start(), best.end()))
        .isEqualTo(best.value());
    assertThat(hits.get(0).dense()).isGreaterThan(0.3);
    assertThat(hits.get(0).lexical()).isPositive();
    assertThat(await(library.passages(Workspace.ONLY, "pages", Scope.ALL, 99)))
        .noneMatch(passage -> passage.value().contains("Prev"))
        .extracting(Passage::heading)
        .contains("Kernel › Modules");
  }

  @Test
  void chineseIsDetectedSegmentedAndFound() throws IOException {
    Path gb = folder.resolve("旧.txt");
    Files.write(gb, "镜像站点是复制软件仓库的服务器。".getBytes(Charset.forName("GB18030")));
    Job job =
        ingest(
            "chinese",
            text(
                "常见问题.html",
                "<h1>软件包</h1><p>怎样找出一个文件属于哪个软件\n包？使用 dpkg --search。</p><h1>内核</h1><p>编译内核。</p>"),
            new Source("旧.txt", gb, false));
    assertThat(job.files()).allMatch(file -> file.state() == FileState.DONE);
    assertThat(await(library.collection(Workspace.ONLY, "chinese")))
        .returns("zh", collection -> collection.language())
        .returns("bge-small-zh-v1.5", collection -> collection.encoder());
    Hit found =
        await(retriever.retrieve(Workspace.ONLY, "chinese", Scope.ALL, "文件属于哪个软件包", 3))
            .hits()
            .get(0);
    assertThat(found.passage().value()).isEqualTo("怎样找出一个文件属于哪个软件包？使用 dpkg --search。");
    assertThat(found.lexical()).isPositive();
    Hit mirror =
        await(retriever.retrieve(Workspace.ONLY, "chinese", Scope.ALL, "什么是镜像？", 3)).hits().get(0);
    assertThat(mirror.passage().document()).isEqualTo("旧.txt");
    assertThat(mirror.lexical()).isPositive();
  }

  @Test
  void pagesOfAPdfAreKept() throws IOException {
    Path file = folder.resolve("paper.pdf");
    PdfFiles.write(
        file,
        List.of(
            List.of("The first page is about mirrors."),
            List.of(),
            List.of("The third page is about kernels.")),
        null);
    ingest("pdf", new Source("paper.pdf", file, false));
    Document document = await(library.documents(Workspace.ONLY, "pdf")).get(0);
    assertThat(document)
        .returns(3, Document::pages)
        .returns("application/pdf", Document::mediaType);
    assertThat(await(library.passages(Workspace.ONLY, "pdf", Scope.ALL, 9)))
        .extracting(Passage::page)
        .containsExactly(1, 3);
  }

  @Test
  void aFullQueueRefusesAndACancelledJobStops() throws IOException {
    String text =
        "The kernel of number %d is loaded by the boot loader, as every page says. ".repeat(1_500);
    Path temporary = Files.writeString(folder.resolve("temporary.txt"), text);
    Job first =
        await(
            ingestion.submit(
                Workspace.ONLY,
                "queue",
                Task.read("en", null, null),
                List.of(new Source("a.txt", temporary, true))));
    until(first, job -> job.passagesDone() > 0);
    Job second =
        await(
            ingestion.submit(
                Workspace.ONLY, "queue", Task.read("en", null, null), List.of(text("b.txt", "b"))));
    Job third =
        await(
            ingestion.submit(
                Workspace.ONLY, "queue", Task.read("en", null, null), List.of(text("c.txt", "c"))));
    assertProblem(
        Kind.BUSY,
        () ->
            await(
                ingestion.submit(
                    Workspace.ONLY,
                    "queue",
                    Task.read("en", null, null),
                    List.of(text("d.txt", "d")))));
    assertThat(await(ingestion.jobs(Workspace.ONLY)))
        .extracting(Job::id)
        .startsWith(third.id(), second.id(), first.id());
    await(ingestion.cancel(Workspace.ONLY, first.id()));
    Job stopped = finished(first);
    assertThat(stopped.files().get(0))
        .returns(FileState.FAILED, FileStatus::state)
        .returns("cancelled", FileStatus::error);
    assertThat(temporary).doesNotExist();
    assertThat(finished(third).files()).allMatch(file -> file.state() == FileState.DONE);
    assertThat(await(library.documents(Workspace.ONLY, "queue")))
        .extracting(Document::name)
        .containsExactly("b.txt", "c.txt");
    assertThat(finished(second).passagesPerSecond()).isPositive();
  }

  @Test
  void requestsThatMakeNoSenseAreRefusedAtOnce() throws IOException {
    Source source = text("a.txt", "a");
    assertProblem(
        Kind.INVALID,
        () ->
            await(
                ingestion.submit(
                    Workspace.ONLY, "No Name", Task.read(null, null, null), List.of(source))));
    assertProblem(
        Kind.INVALID,
        () ->
            await(
                ingestion.submit(Workspace.ONLY, "none", Task.read(null, null, null), List.of())));
    assertProblem(Kind.NOT_FOUND, () -> await(ingestion.job(Workspace.ONLY, "4711")));
  }

  private Source text(String name, String text) {
    try {
      return new Source(name, Files.writeString(folder.resolve(name), text), false);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Job ingest(String collection, Source... sources) {
    return finished(
        await(
            ingestion.submit(
                Workspace.ONLY, collection, Task.read(null, null, null), List.of(sources))));
  }

  private static Job finished(Job job) {
    return until(job, Job::finished);
  }

  private static Job until(Job job, Predicate<Job> condition) {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (System.nanoTime() < end) {
      Job now = await(ingestion.job(Workspace.ONLY, job.id()));
      if (condition.test(now)) {
        return now;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    throw new AssertionError(
        "after two minutes still " + await(ingestion.job(Workspace.ONLY, job.id())));
  }

  private static void assertProblem(Kind kind, Runnable act) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(act::run)
        .returns(kind, ProblemException::kind);
  }
}
