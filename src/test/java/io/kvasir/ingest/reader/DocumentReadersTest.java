package io.kvasir.ingest.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.ingest.format.DocumentLimits;
import io.kvasir.ingest.format.LoadedDocument;
import io.kvasir.ingest.format.PdfFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file costs its reader what it may, and this process nothing. */
@Tag("slow")
final class DocumentReadersTest {
  private static final long HEAP = 96L << 20;

  @TempDir private Path folder;
  private final DocumentReaders readers = readers(Duration.ofMinutes(1));

  private static DocumentReaders readers(Duration perFile) {
    return new DocumentReaders(
        new ReaderLimits(new DocumentLimits(64 << 20, 100, 4_000_000), HEAP, perFile));
  }

  @AfterEach
  void endReaders() {
    readers.close();
  }

  @Test
  void aDocumentComesAsItWasRead() throws Exception {
    LoadedDocument read =
        readers.read(
            "Schiff – 船.md", file("# Boats\n\n## 船\n\nA *boat* 🦊.\n\n- one\n- two"), () -> false);

    assertThat(read.title()).isEqualTo("Boats");
    assertThat(read.text()).isEqualTo("Boats\n\n船\n\nA boat 🦊.\n\n- one\n- two");
    assertThat(read.mediaType()).isEqualTo("text/markdown");
    assertThat(read.reader()).isPositive();
    assertThat(read.pages()).isNull();
    assertThat(read.blocks().get(2).headings()).containsExactly("Boats", "船");
    assertThat(read.text().substring(read.blocks().get(4).start())).isEqualTo("- two");
  }

  @Test
  void whatIsWrongWithAFileIsSaidAndTheNextOneIsReadByTheSameProcess() throws Exception {
    assertThatThrownBy(() -> readers.read("empty.txt", file(""), () -> false))
        .isInstanceOf(ProblemException.class)
        .hasMessage("is empty");
    List<Long> first = children();
    assertThat(readers.read("next.txt", file("words"), () -> false).text()).isEqualTo("words");
    assertThat(children()).isEqualTo(first);
  }

  @Test
  void aFileThatNeedsMoreMemoryThanAReaderHasIsRefusedAndTheNextOneIsRead() throws Exception {
    // Reads as a tree of some hundred bytes an element.
    Path wide = file("<i>x</i>".repeat(2 << 20));
    assertThatThrownBy(() -> readers.read("wide.html", wide, () -> false))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("needs more than 96 MiB of memory to read")
        .hasMessageContaining("ingest.reader-memory");
    assertThat(readers.read("next.txt", file("words"), () -> false).text()).isEqualTo("words");
  }

  @Test
  void aFileThatTakesTooLongIsRefusedAndItsReaderEnds() throws Exception {
    Path endless = folder.resolve("endless");
    PdfFiles.writeEndless(endless, 20);
    try (DocumentReaders hasty = readers(Duration.ofSeconds(2))) {
      assertThatThrownBy(() -> hasty.read("endless.pdf", endless, () -> false))
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("takes more than 2 s to read")
          .hasMessageContaining("ingest.file-seconds");
      assertThatNoChildIsLeft();
    }
  }

  @Test
  void aFileThatTakesForEverCanBeCancelled() throws Exception {
    Path endless = folder.resolve("endless");
    PdfFiles.writeEndless(endless, 20);
    AtomicInteger asked = new AtomicInteger();
    assertThatThrownBy(
            () -> readers.read("endless.pdf", endless, () -> asked.incrementAndGet() > 2))
        .isInstanceOf(CancellationException.class);
    assertThatNoChildIsLeft();
  }

  @Test
  void aReaderThatWasKilledWhileItWaitedIsReplaced() throws Exception {
    assertThat(readers.read("a.txt", file("one"), () -> false).text()).isEqualTo("one");
    ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
    assertThat(readers.read("b.txt", file("two"), () -> false).text()).isEqualTo("two");
  }

  @Test
  void whatLibrariesSayOfABrokenFileStaysInTheLog() {
    assertThatThrownBy(() -> readers.read("a.pdf", file("%PDF-1.7 and nothing"), () -> false))
        .isInstanceOf(ProblemException.class)
        .hasMessage("is a broken PDF; print or export it to PDF anew");
  }

  @Test
  void aFileThatIsGoneIsSaidToBe() {
    assertThatThrownBy(() -> readers.read("gone.txt", folder.resolve("gone"), () -> false))
        .isInstanceOf(ProblemException.class)
        .hasMessage("is not there any more");
  }

  private static List<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
  }

  private static void assertThatNoChildIsLeft() throws InterruptedException {
    for (int i = 0; i < 100 && !children().isEmpty(); i++) {
      Thread.sleep(50);
    }
    assertThat(children()).isEmpty();
  }

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("file"), content);
  }
}
