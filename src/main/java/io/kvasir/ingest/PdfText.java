package io.kvasir.ingest;

import java.io.IOException;
import java.io.StringWriter;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;

/** Writes the text of a PDF's pages into a draft, paragraph by paragraph. */
final class PdfText extends PDFTextStripper {
  // A word that was broken at the line's end.
  private static final Pattern HYPHENATION =
      Pattern.compile("(?<=\\p{Ll})[-\u00AD\u2010]\n(?=\\p{Ll})");

  private static final Pattern BETWEEN_PARAGRAPHS = Pattern.compile("\n[ \t]*\n\\s*");

  private final DocumentDraft draft;
  private final BooleanSupplier cancelled;
  private final StringWriter page = new StringWriter();

  PdfText(DocumentDraft draft, BooleanSupplier cancelled) {
    this.draft = draft;
    this.cancelled = cancelled;
    setLineSeparator("\n");
    setParagraphEnd("\n");
    setPageEnd("");
  }

  /** Writes all pages. */
  void read(PDDocument pdf) throws IOException {
    writeText(pdf, page);
  }

  @Override
  protected void startPage(PDPage unused) throws IOException {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("cancelled");
    }
    page.getBuffer().setLength(0);
  }

  @Override
  protected void endPage(PDPage unused) throws IOException {
    draft.page(getCurrentPageNo());
    for (String paragraph : BETWEEN_PARAGRAPHS.split(page.getBuffer(), -1)) {
      String whole = HYPHENATION.matcher(paragraph).replaceAll("");
      draft.block(ChineseLines.joined(whole));
    }
    page.getBuffer().setLength(0);
  }
}
