package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageTree;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Reads the lines on the pages of a PDF, and what people wrote onto them. */
final class PdfText extends PDFTextStripper {
  /**
   * The most characters of a page, which are all in memory until it ends; the densest pages that
   * people read have a tenth of it.
   */
  static final int MAX_PAGE_CHARACTERS = 200_000;

  private final DocumentDraft draft;
  private final List<Page> pages = new ArrayList<>();
  private long characters;
  private int pageCharacters;

  private PdfText(DocumentDraft draft) {
    this.draft = draft;
  }

  /**
   * A page.
   *
   * @param lines in the order of reading
   * @param comments that people wrote about it
   */
  record Page(List<PdfLine> lines, List<String> comments) {}

  /**
   * Every page.
   *
   * @param draft says how much text is too much
   */
  static List<Page> pages(PDDocument pdf, DocumentDraft draft) throws IOException {
    PdfText text = new PdfText(draft);
    text.writeText(pdf, Writer.nullWriter());
    return text.pages;
  }

  /** Also those that have nothing but a form's fields. */
  @Override
  protected void processPages(PDPageTree tree) throws IOException {
    for (PDPage page : tree) {
      processPage(page);
    }
  }

  @Override
  protected void startPage(PDPage page) throws IOException {
    pageCharacters = 0;
  }

  @Override
  protected void processTextPosition(TextPosition text) {
    pageCharacters++;
    if (pageCharacters > MAX_PAGE_CHARACTERS) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "has more than %d characters on page %d, which is more than can be read at once; split it"
              .formatted(MAX_PAGE_CHARACTERS, pages.size() + 1));
    }
    super.processTextPosition(text);
  }

  /** In place of PDFBox, which would write the page's text line by line as it was drawn. */
  @Override
  protected void writePage() {
    PDPage page = getCurrentPage();
    PDRectangle box = page.getCropBox();
    boolean sideways = page.getRotation() % 180 != 0;
    PdfAnnotations annotations = PdfAnnotations.of(page);
    List<PdfLine> lines =
        PdfPageText.lines(
            getCharactersByArticle().stream().flatMap(List::stream).toList(),
            page.getRotation(),
            sideways ? box.getHeight() : box.getWidth(),
            sideways ? box.getWidth() : box.getHeight(),
            annotations.placed());
    characters += lines.stream().mapToLong(line -> line.text().length()).sum();
    characters += annotations.comments().stream().mapToLong(String::length).sum();
    draft.checkLength(characters);
    pages.add(new Page(lines, annotations.comments()));
  }
}
