package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** Reads PDF files page by page. */
final class PdfFormat implements DocumentFormat {
  @Override
  public String mediaType() {
    return "application/pdf";
  }

  @Override
  public List<String> extensions() {
    return List.of("pdf");
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public boolean isBinary() {
    return true;
  }

  @Override
  public boolean begins(String latin) {
    return latin.contains("%PDF-");
  }

  @Override
  public LoadedDocument load(Path file, DocumentDraft draft, Runnable check) {
    DocumentLimits limits = draft.limits();
    try (PDDocument pdf = Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache())) {
      int pages = pdf.getNumberOfPages();
      if (pages > limits.maxPages()) {
        throw new ProblemException(
            Kind.TOO_LARGE,
            "has %d pages, and a file may have %d; split it or raise the setting ingest.max-pages"
                .formatted(pages, limits.maxPages()));
      }
      PdfStreams.check(pdf.getDocument(), check);
      new PdfPages(PdfText.pages(pdf, draft, check), PdfOutline.of(pdf)).write(draft);
      String title = pdf.getDocumentInformation().getTitle();
      return draft.finish(title == null ? "" : title, pages);
    } catch (InvalidPasswordException e) {
      throw new ProblemException(
          Kind.INVALID, "is protected by a password; remove the password first", e);
    } catch (ProblemException | CancellationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // PDFBox meets broken files with exceptions of every sort.
      throw new ProblemException(
          Kind.INVALID,
          "is a broken PDF; print or export it to PDF anew",
          String.valueOf(e.getMessage()),
          e);
    }
  }
}
