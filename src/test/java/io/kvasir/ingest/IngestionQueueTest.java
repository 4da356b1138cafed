package io.kvasir.ingest;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;

import io.kvasir.core.Document;
import io.kvasir.core.Hit;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Scope;
import io.kvasir.encode.Encoders;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.kvasir.onnx.EncoderModel;
import io.kvasir.onnx.OnnxEncoder;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresExtension;
import io.kvasir.postgres.PostgresLibrary;
import io.kvasir.postgres.PostgresRetriever;
import io.kvasir.retrieve.Retriever;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files all the way into PostgreSQL and back by a question, hostile ones among them. */
@ExtendWith(PostgresExtension.class)
final class IngestionQueueTest {
  private static final IngestionLimits LIMITS = new IngestionLimits(2, 64L << 20, 50, 500);

  private static Encoders encoders;
  private static PostgresLibrary library;
  private static Retriever retriever;
  private static IngestionQueue ingestion;

  @TempDir Path folder;

  @BeforeAll
  static void open(Database database) {
    encoders =
        new Encoders(EncoderModel.ALL.stream().map(model -> OnnxEncoder.open(model, 2)).toList());
    library = new PostgresLibrary(database);
    retriever = new PostgresRetriever(database, encoders, 50);
    ingestion = new IngestionQueue(library, encoders, LIMITS);
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
    assertThat(await(library.collection("pages")))
        .returns("en", collection -> collection.language())
        .returns("all-MiniLM-L6-v2", collection -> collection.encoder());
    assertThat(await(library.documents("pages")))
        .extracting(Document::title)
        .containsExactly("The FAQ", "notes.md");
    List<Hit> hits =
        await(
                retriever.retrieve(
                    "pages", Scope.ALL, "How do I find which package a file belongs to?", 3))
            .hits();
    Passage best = hits.get(0).passage();
    assertThat(best.heading()).isEqualTo("Chapter 1. Packages › 1.1. Which package owns a file?");
    assertThat(best.value()).isEqualTo("Run dpkg --search with the file's name.");
    assertThat(
            await(library.document(best.documentId())).text().substring(best.start(), best.end()))
        .isEqualTo(best.value());
    assertThat(hits.get(0).dense()).isGreaterThan(0.3);
    assertThat(hits.get(0).lexical()).isPositive();
    assertThat(await(library.passages("pages", Scope.ALL, 99)))
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
    assertThat(await(library.collection("chinese")))
        .returns("zh", collection -> collection.language())
        .returns("bge-small-zh-v1.5", collection -> collection.encoder());
    Hit found = await(retriever.retrieve("chinese", Scope.ALL, "文件属于哪个软件包", 3)).hits().get(0);
    assertThat(found.passage().value()).isEqualTo("怎样找出一个文件属于哪个软件包？使用 dpkg --search。");
    assertThat(found.lexical()).isPositive();
    Hit mirror = await(retriever.retrieve("chinese", Scope.ALL, "什么是镜像？", 3)).hits().get(0);
    assertThat(mirror.passage().document()).isEqualTo("旧.txt");
    assertThat(mirror.lexical()).isPositive();
  }

  @Test
  void pagesOfAPdfAreKept() throws IOException {
    Path file = folder.resolve("paper.pdf");
    pdf(file, "The first page is about mirrors.", "", "The third page is about kernels.");
    ingest("pdf", new Source("paper.pdf", file, false));
    Document document = await(library.documents("pdf")).get(0);
    assertThat(document)
        .returns(3, Document::pages)
        .returns("application/pdf", Document::mediaType);
    assertThat(await(library.passages("pdf", Scope.ALL, 9)))
        .extracting(Passage::page)
        .containsExactly(1, 3);
  }

  @Test
  void whatIsWrongWithAFileStaysWithThatFile() throws IOException {
    byte[] noise = new byte[100_000];
    new Random(1).nextBytes(noise);
    Path binary = Files.write(folder.resolve("binary.txt"), noise);
    Path broken =
        Files.writeString(folder.resolve("broken.pdf"), "%PDF-1.7\n1 0 obj << /Type /Catalog");
    Path random = Files.write(folder.resolve("random.pdf"), noise);
    Path encrypted = folder.resolve("locked.pdf");
    locked(encrypted);
    Path huge = folder.resolve("huge.pdf");
    pdf(huge, new String[LIMITS.maxPages() + 1]);
    Path pictures = folder.resolve("pictures.pdf");
    pdf(pictures, "", "");
    Path large = folder.resolve("large.txt");
    try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
      file.setLength(100L << 20);
    }
    Path deep = Files.writeString(folder.resolve("deep.html"), "<div>".repeat(200_000) + "deep");
    Path long1 = Files.writeString(folder.resolve("long.txt"), "word ".repeat(400_000));
    Path gone = folder.resolve("gone.txt");
    Job job =
        ingest(
            "hostile",
            new Source("binary.txt", binary, false),
            new Source("broken.pdf", broken, false),
            new Source("random.pdf", random, false),
            new Source("locked.pdf", encrypted, false),
            new Source("huge.pdf", huge, false),
            new Source("pictures.pdf", pictures, false),
            new Source("large.txt", large, false),
            new Source("long.txt", long1, false),
            text("empty.md", ""),
            text("blank.html", "<nav>only</nav>"),
            text("sheet.xlsx", "a"),
            new Source("gone.txt", gone, false),
            text("good.txt", "This one is fine."),
            new Source("deep.html", deep, false));
    assertThat(job.files())
        .extracting(FileStatus::name, file -> String.valueOf(file.error()))
        .usingElementComparator(IngestionQueueTest::sameNameAndErrorWithin)
        .containsExactly(
            tuple("binary.txt", "not text"),
            tuple("broken.pdf", "broken"),
            tuple("random.pdf", "broken"),
            tuple("locked.pdf", "encrypted"),
            tuple("huge.pdf", "51 pages; the limit is 50"),
            tuple("pictures.pdf", "no text"),
            tuple("large.txt", "100 MiB; the limit is 64 MiB"),
            tuple("long.txt", "more than 500 passages"),
            tuple("empty.md", "empty"),
            tuple("blank.html", "no text"),
            tuple("sheet.xlsx", ".xlsx cannot be read; supported: .txt .md .html .pdf"),
            tuple("gone.txt", "cannot be read"),
            tuple("good.txt", "null"),
            tuple("deep.html", "null"));
    assertThat(await(library.documents("hostile"))).extracting(Document::name).contains("good.txt");
  }

  @Test
  void aFullQueueRefusesAndACancelledJobStops() throws IOException {
    String text =
        "The kernel of number %d is loaded by the boot loader, as every page says. ".repeat(1_500);
    Path temporary = Files.writeString(folder.resolve("temporary.txt"), text);
    Job first =
        await(ingestion.submit("queue", "en", List.of(new Source("a.txt", temporary, true))));
    until(first, job -> job.passagesDone() > 0);
    Job second = await(ingestion.submit("queue", "en", List.of(text("b.txt", "b"))));
    Job third = await(ingestion.submit("queue", "en", List.of(text("c.txt", "c"))));
    assertProblem(
        Kind.BUSY, () -> await(ingestion.submit("queue", "en", List.of(text("d.txt", "d")))));
    assertThat(ingestion.jobs())
        .extracting(Job::id)
        .startsWith(third.id(), second.id(), first.id());
    ingestion.cancel(first.id());
    Job stopped = finished(first);
    assertThat(stopped.files().get(0))
        .returns(FileState.FAILED, FileStatus::state)
        .returns("cancelled", FileStatus::error);
    assertThat(temporary).doesNotExist();
    assertThat(finished(third).files()).allMatch(file -> file.state() == FileState.DONE);
    assertThat(await(library.documents("queue")))
        .extracting(Document::name)
        .containsExactly("b.txt", "c.txt");
    assertThat(finished(second).passagesPerSecond()).isPositive();
  }

  @Test
  void requestsThatMakeNoSenseAreRefusedAtOnce() throws IOException {
    Source source = text("a.txt", "a");
    assertProblem(Kind.INVALID, () -> await(ingestion.submit("No Name", null, List.of(source))));
    assertProblem(Kind.INVALID, () -> await(ingestion.submit("none", null, List.of())));
    assertProblem(Kind.NOT_FOUND, () -> ingestion.job("4711"));
  }

  private static int sameNameAndErrorWithin(Tuple actual, Tuple expected) {
    String error = actual.toList().get(1).toString();
    boolean same =
        actual.toList().get(0).equals(expected.toList().get(0))
            && error.contains(expected.toList().get(1).toString());
    return same ? 0 : 1;
  }

  private Source text(String name, String text) {
    try {
      return new Source(name, Files.writeString(folder.resolve(name), text), false);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Job ingest(String collection, Source... sources) {
    return finished(await(ingestion.submit(collection, null, List.of(sources))));
  }

  private static Job finished(Job job) {
    return until(job, Job::finished);
  }

  private static Job until(Job job, Predicate<Job> condition) {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (System.nanoTime() < end) {
      Job now = ingestion.job(job.id());
      if (condition.test(now)) {
        return now;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    throw new AssertionError("after two minutes still " + ingestion.job(job.id()));
  }

  private static void pdf(Path file, String... pages) throws IOException {
    try (PDDocument document = new PDDocument()) {
      for (String text : pages) {
        PDPage page = new PDPage();
        document.addPage(page);
        if (text != null && !text.isEmpty()) {
          try (PDPageContentStream content = new PDPageContentStream(document, page)) {
            content.beginText();
            content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
            content.newLineAtOffset(72, 700);
            content.showText(text);
            content.endText();
          }
        }
      }
      document.save(file.toFile());
    }
  }

  private static void locked(Path file) throws IOException {
    try (PDDocument document = new PDDocument()) {
      document.addPage(new PDPage());
      document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      document.save(file.toFile());
    }
  }

  private static void assertProblem(Kind kind, Runnable act) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(act::run)
        .returns(kind, ProblemException::kind);
  }
}
