package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.ingest.format.PdfOutline.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** Reads PDF files page by page. */
final class PdfFormat implements DocumentFormat {
  private static final FileType TYPE = new FileType("application/pdf", List.of("pdf"), 3, "%PDF-");

  @Override
  public FileType type() {
    return TYPE;
  }

  @Override
  public LoadedDocument load(Path file, DocumentDraft draft) {
    try (RandomAccessRead bytes = new RandomAccessReadBufferedFile(file.toFile());
        PDDocument pdf = new PdfParser(bytes).parse()) {
      int pages = PdfPageTree.count(pdf, draft.limits().maxPages());
      PdfStreams.check(pdf.getDocument());
      List<PdfText.Page> read = PdfText.pages(pdf, draft);
      List<Entry> outline = PdfOutline.of(pdf);
      new PdfPages(paragraphs(read, outline), outline).write(draft);
      String named = pdf.getDocumentInformation().getTitle();
      return draft.finish(
          PdfTitle.of(named, read.isEmpty() ? List.of() : read.get(0).lines()), pages);
    } catch (InvalidPasswordException e) {
      throw new ProblemException(
          Kind.INVALID, "is protected by a password; remove the password first", e);
    } catch (ProblemException e) {
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

  private static List<List<String>> paragraphs(List<PdfText.Page> pages, List<Entry> outline) {
    List<List<PdfLine>> lines =
        PdfRunningHeads.without(
            PdfWatermarks.without(pages.stream().map(PdfText.Page::lines).toList()),
            outline.stream().map(Entry::title).toList());
    List<List<String>> broken = lines.stream().map(PdfParagraphs::of).toList();
    PdfHyphens hyphens = new PdfHyphens(broken);
    List<List<String>> whole = new ArrayList<>();
    for (int i = 0; i < broken.size(); i++) {
      Stream<String> text =
          broken.get(i).stream()
              .map(paragraph -> ChineseLines.joined(hyphens.joined(paragraph)).strip());
      whole.add(Stream.concat(text, pages.get(i).comments().stream()).toList());
    }
    return whole;
  }
}
