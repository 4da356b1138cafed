package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of a PDF, page by page. */
final class PdfText {
  private static final Pattern EMPTY_LINE = Pattern.compile("\\n[ \\t]*\\n\\s*");
  private static final Pattern HYPHEN = Pattern.compile("(?<=\\p{Ll})-\\n(?=\\p{Ll})");

  private PdfText() {}

  /**
   * Reads a file.
   *
   * @param maxPages the most pages
   * @param maxCharacters the most characters
   * @param cancelled asked between pages
   */
  static ExtractedText of(Path file, int maxPages, int maxCharacters, BooleanSupplier cancelled) {
    try (RandomAccessReadBufferedFile bytes = new RandomAccessReadBufferedFile(file);
        PDDocument document =
            Loader.loadPDF(bytes, "", null, null, IOUtils.createTempFileOnlyStreamCache())) {
      int pages = document.getNumberOfPages();
      if (pages > maxPages) {
        throw new ProblemException(
            Kind.TOO_LARGE,
            "it has %d pages; the limit is %d (ingest.max-pages)".formatted(pages, maxPages));
      }
      return read(document, pages, maxCharacters, cancelled);
    } catch (InvalidPasswordException e) {
      throw new ProblemException(
          Kind.INVALID, "the PDF is encrypted; save a copy without a password", e);
    } catch (IOException e) {
      throw broken(e);
    } catch (ProblemException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // A lying PDF can make the reader fail in any of these ways; it costs that file, no more.
      throw broken(e);
    }
  }

  private static ExtractedText read(
      PDDocument document, int pages, int maxCharacters, BooleanSupplier cancelled)
      throws IOException {
    PDFTextStripper stripper = new PDFTextStripper();
    stripper.setLineSeparator("\n");
    stripper.setParagraphEnd("\n");
    TextBuilder text = new TextBuilder();
    List<Integer> starts = new ArrayList<>(pages);
    for (int page = 1; page <= pages && !cancelled.getAsBoolean(); page++) {
      starts.add(text.next());
      stripper.setStartPage(page);
      stripper.setEndPage(page);
      for (String paragraph : EMPTY_LINE.split(stripper.getText(document), -1)) {
        text.paragraph(TextBuilder.oneLine(HYPHEN.matcher(paragraph).replaceAll("")));
      }
      if (text.next() > maxCharacters) {
        throw new ProblemException(
            Kind.TOO_LARGE,
            "its text is longer than %d characters; split it".formatted(maxCharacters));
      }
    }
    if (text.next() == 0) {
      throw new ProblemException(
          Kind.INVALID,
          "the PDF holds no text, only pictures perhaps; run character recognition over it first");
    }
    String title = document.getDocumentInformation().getTitle();
    return new ExtractedText(
        title == null || title.isBlank() ? null : TextBuilder.oneLine(title),
        "application/pdf",
        text.text().replace("\0", ""),
        List.of(),
        starts);
  }

  private static ProblemException broken(Throwable cause) {
    return new ProblemException(
        Kind.INVALID,
        "the PDF is broken and cannot be read (%s)".formatted(cause.getMessage()),
        cause);
  }
}
