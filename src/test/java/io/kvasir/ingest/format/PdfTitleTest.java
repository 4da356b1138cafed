package io.kvasir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A PDF is called what a person would call it. */
final class PdfTitleTest {
  @TempDir private Path folder;

  @Test
  void oneTitledUntitledWithoutLargeWordsHasNone() throws IOException {
    assertThat(title(Path.of("src/test/resources/faults/pdf/twocol-cols.pdf"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "untitled",
        "Untitled-1",
        "(untitled)",
        "Microsoft Word - fees final.doc",
        "fees.indd",
        "Document1",
        "PowerPoint Presentation",
        "  ",
        "C:\\Users\\otto\\fees.docx",
        "无标题",
        "..."
      })
  void whatAProgramNamedIsCalledByItsLargestWords(String named) throws IOException {
    assertThat(title(file(named))).isEqualTo("Fees of the harbour in 2024");
  }

  @ParameterizedTest
  @CsvSource({"Fees 2024", "Untitled poems", "Documents of the harbour", "The .doc format"})
  void whatAPersonNamedIsKept(String named) throws IOException {
    assertThat(title(file(named))).isEqualTo(named);
  }

  private Path file(String named) throws IOException {
    return PdfDrawing.write(
        folder.resolve("a.pdf"),
        page -> {
          page.pdf().getDocumentInformation().setTitle(named);
          page.page();
          page.at(60, 780, "Office of the keeper");
          page.size(18).lines(60, 740, 22, "Fees of the harbour", "in 2024");
          page.size(10).lines(60, 680, 12, "Every boat pays.", "Nobody is exempt.");
        });
  }

  private static String title(Path file) throws IOException {
    return Reading.of("a.pdf", file).title();
  }
}
