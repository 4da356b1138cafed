package io.kvasir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoders;
import io.kvasir.ingest.Ingestion.FileState;
import io.kvasir.ingest.Ingestion.FileStatus;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.kvasir.ingest.format.PdfFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are broken, huge or lie: each gets an error of its own, and the others are stored. */
@Tag("slow")
final class HostileFilesTest {
  @TempDir private Path folder;

  private final List<Source> sources = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  @Test
  void eachIsRefusedInWordsAndTheOthersAreIngested() throws IOException {
    harmless("first.txt", "A good file.".getBytes(StandardCharsets.UTF_8));
    hostile("empty.txt", new byte[0], "is empty");
    hostile("blank.md", " \n\t\n".getBytes(StandardCharsets.UTF_8), "has no text");
    hostile("page.html", bytes("<html><nav>only this</nav></html>"), "has no text");
    hostile("broken.pdf", bytes("%PDF-1.7\nnothing that follows is one"), "broken PDF");
    hostile("cut.pdf", cutPdf(), "broken PDF");
    hostile("lying.pdf", bytes("Words."), "is no PDF");
    hostile("lying.txt", bytes("%PDF-1.7\n"), "is a PDF; name it .pdf");
    hostile("office.docx", bytes("PK\u0003\u0004"), ".docx files cannot be read");
    hostile("office.txt", bytes("PK\u0003\u0004"), "office document");
    hostile("image.md", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0}, "an image");
    hostile("program", bytes("\u007fELF"), "a program");
    hostile("random.txt", random(), "is binary");
    hostile("random.pdf", random(), "is no PDF");
    hostile("zeros.txt", new byte[5000], "is binary");
    hostile("unknown.exe", bytes("words"), ".exe files cannot be read");
    hostile("odd\nname.txt", bytes("words"), "rename it");
    hostile("x".repeat(600) + ".txt", bytes("words"), "rename it");
    hostile("first.txt", bytes("again"), "the same name");
    hostile("many.txt", bytes("Words and words. ".repeat(60_000)), "ingest.max-passages");
    hostileFile("huge.txt", sparse(100L << 20), "ingest.max-file-bytes");
    hostileFile("large.html", sparse(17L << 20), "marked-up files");
    Path pages = folder.resolve("pages");
    PdfFiles.write(pages, Collections.nCopies(12, List.of("page")), null);
    hostileFile("pages.pdf", pages, "ingest.max-pages");
    Path locked = folder.resolve("locked");
    PdfFiles.writeProtected(locked);
    hostileFile("locked.pdf", locked, "protected by a password");
    Path repeated = folder.resolve("repeated");
    PdfFiles.write(repeated, Collections.nCopies(9, List.of("the same on every page")), null);
    hostileFile("repeated.pdf", repeated, "");
    Path scanned = folder.resolve("scanned");
    PdfFiles.write(scanned, List.of(List.of()), null);
    hostileFile("scanned.pdf", scanned, "OCR");
    harmless("deep.html", bytes("<div>".repeat(200_000) + "deep" + "</div>".repeat(1000)));
    harmless("wide.html", bytes("<ul>" + "<li>item".repeat(50_000) + "</ul>"));
    harmless("nested.md", bytes("> ".repeat(100_000) + "deep"));
    harmless("emphasis.md", bytes("*a **b ".repeat(50_000)));
    harmless("brackets.md", bytes("[a](".repeat(50_000)));
    harmless("ключ 名字 & \"quotes\" #1.txt", bytes("An odd name."));
    harmless("last.txt", bytes("Another good file."));

    assertOutcomes(new IngestionLimits(4, 2, 64 << 20, 10, 600, Duration.ofMinutes(1), 512L << 20));
  }

  private void assertOutcomes(IngestionLimits limits) throws IOException {
    Shelves shelves = new Shelves();
    Encoders encoders = new Encoders(List.of(new WordEncoder("words", 256, "en")));
    Job job;
    SharedIngestion ingestion =
        IngestionJobsTest.ingestion(shelves, encoders, limits, folder.resolve("reading"));
    try {
      job =
          ingestion
              .submit(Workspace.ONLY, "hostile", Task.read("en", null, null), sources)
              .result();
      job = IngestionJobsTest.finished(ingestion, job.id(), Duration.ofMinutes(2));
    } finally {
      ingestion.close();
    }
    for (int i = 0; i < sources.size(); i++) {
      FileStatus file = job.files().get(i);
      String expected = errors.get(i);
      if (expected.isEmpty()) {
        assertThat(file)
            .returns(FileState.DONE, FileStatus::state)
            .returns(null, FileStatus::error);
        assertThat(shelves.stored.get(file.name()).passages()).hasSize(file.passages());
      } else {
        assertThat(file.state()).as(file.name()).isEqualTo(FileState.FAILED);
        assertThat(file.error()).as(file.name()).contains(expected);
      }
      assertThat(sources.get(i).content()).doesNotExist();
    }
    assertThat(job.passagesDone())
        .isEqualTo(
            shelves.stored.values().stream().mapToInt(stored -> stored.passages().size()).sum());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private byte[] cutPdf() throws IOException {
    Path whole = folder.resolve("whole");
    PdfFiles.write(whole, List.of(List.of("page")), null);
    byte[] bytes = Files.readAllBytes(whole);
    return java.util.Arrays.copyOf(bytes, 300);
  }

  private static byte[] random() {
    byte[] bytes = new byte[10_000];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private Path sparse(long bytes) throws IOException {
    Path file = folder.resolve("sparse-" + bytes);
    try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
      made.setLength(bytes);
    }
    return file;
  }

  @Test
  void aPageWithoutEndIsEndedAndTheOthersAreIngested() throws IOException {
    Path endless = folder.resolve("endless");
    PdfFiles.writeEndless(endless, 20);
    hostileFile("endless.pdf", endless, "takes more than 8 s to read; split it or raise");
    harmless("last.txt", bytes("A good file."));
    assertOutcomes(new IngestionLimits(4, 2, 64 << 20, 10, 600, Duration.ofSeconds(8), 512L << 20));
  }

  @Test
  void aPageWithMoreThanFitsIsRefusedAndTheOthersAreIngested() throws IOException {
    Path dense = folder.resolve("dense");
    PdfFiles.writeDense(dense, 200_001);
    hostileFile("dense.pdf", dense, "has more than 200000 characters on page 1");
    Path bomb = folder.resolve("bomb");
    PdfFiles.writeBomb(bomb, 64 << 20);
    hostileFile("bomb.pdf", bomb, "has a part that unpacks to more than 64 MiB");
    harmless("last.txt", bytes("A good file."));
    assertOutcomes(new IngestionLimits(4, 2, 64 << 20, 10, 600, Duration.ofMinutes(1), 512L << 20));
  }

  private void harmless(String name, byte[] content) throws IOException {
    hostile(name, content, "");
  }

  private void hostile(String name, byte[] content, String error) throws IOException {
    hostileFile(name, Files.write(folder.resolve("file-" + sources.size()), content), error);
  }

  private void hostileFile(String name, Path content, String error) {
    sources.add(new Source(name, content, true));
    errors.add(error);
  }
}
