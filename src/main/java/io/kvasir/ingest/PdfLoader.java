package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** Reads PDF files page by page. */
final class PdfLoader {
  private final IngestionLimits limits;
  private final BooleanSupplier cancelled;
  private long begunNanos;

  PdfLoader(IngestionLimits limits, BooleanSupplier cancelled) {
    this.limits = limits;
    this.cancelled = cancelled;
  }

  /**
   * Reads a file.
   *
   * @throws ProblemException INVALID or TOO_LARGE with what is wrong with it
   * @throws CancellationException if that is asked for while it reads
   */
  LoadedDocument load(Path file, DocumentDraft draft) {
    begunNanos = System.nanoTime();
    try (PDDocument pdf = Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache())) {
      int pages = pdf.getNumberOfPages();
      if (pages > limits.maxPages()) {
        throw new ProblemException(
            Kind.TOO_LARGE,
            "has %d pages, and a file may have %d; split it or raise the setting ingest.max-pages"
                .formatted(pages, limits.maxPages()));
      }
      PdfStreams.check(pdf.getDocument(), this::check);
      new PdfPages(PdfText.pages(pdf, draft, this::check), PdfOutline.of(pdf)).write(draft);
      String title = pdf.getDocumentInformation().getTitle();
      return draft.finish(title == null ? "" : title, FileKind.PDF, pages);
    } catch (InvalidPasswordException e) {
      throw new ProblemException(
          Kind.INVALID, "is protected by a password; remove the password first", e);
    } catch (ProblemException | CancellationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // PDFBox meets broken files with exceptions of every sort.
      throw new ProblemException(
          Kind.INVALID,
          "is a broken PDF (%s); print or export it to PDF anew".formatted(e.getMessage()),
          e);
    }
  }

  private void check() {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("cancelled");
    }
    if (System.nanoTime() - begunNanos > limits.perFile().toNanos()) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "takes more than %d s to read; split it or raise the setting ingest.file-seconds"
              .formatted(limits.perFile().toSeconds()));
    }
  }
}
