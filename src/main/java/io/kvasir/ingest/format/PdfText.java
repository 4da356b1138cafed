package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** Finds the paragraphs on the pages of a PDF. */
final class PdfText extends PDFTextStripper {
  /**
   * The most characters of a page, which are all in memory until it ends; the densest pages that
   * people read have a tenth of it.
   */
  static final int MAX_PAGE_CHARACTERS = 200_000;

  // A word that was broken at the line's end.
  private static final Pattern HYPHENATION =
      Pattern.compile("(?<=\\p{Ll})[-\u00AD\u2010]\n(?=\\p{Ll})");

  private static final Pattern BETWEEN_PARAGRAPHS = Pattern.compile("\n[ \t]*\n\\s*");

  private final DocumentDraft draft;
  private final Runnable check;
  private final StringWriter written = new StringWriter();
  private final List<List<String>> pages = new ArrayList<>();
  private long characters;
  private int pageCharacters;

  private PdfText(DocumentDraft draft, Runnable check) {
    this.draft = draft;
    this.check = check;
    setLineSeparator("\n");
    setParagraphEnd("\n");
    setPageEnd("");
  }

  /**
   * The paragraphs of every page, none of them blank.
   *
   * @param draft says how much text is too much
   * @param check runs before every page and every instruction on it; may throw to end the reading
   */
  static List<List<String>> pages(PDDocument pdf, DocumentDraft draft, Runnable check)
      throws IOException {
    PdfText text = new PdfText(draft, check);
    text.writeText(pdf, text.written);
    return text.pages;
  }

  @Override
  protected void startPage(PDPage page) throws IOException {
    check.run();
    pageCharacters = 0;
    written.getBuffer().setLength(0);
  }

  /** A page's instructions can call for more of them without end. */
  @Override
  protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
    check.run();
    super.processOperator(operator, operands);
  }

  @Override
  protected void processTextPosition(TextPosition text) {
    pageCharacters++;
    if (pageCharacters > MAX_PAGE_CHARACTERS) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "has more than %d characters on page %d, which is more than can be read at once; split it"
              .formatted(MAX_PAGE_CHARACTERS, getCurrentPageNo()));
    }
    super.processTextPosition(text);
  }

  @Override
  protected void endPage(PDPage page) throws IOException {
    characters += written.getBuffer().length();
    draft.checkLength(characters);
    List<String> paragraphs = new ArrayList<>();
    for (String paragraph : BETWEEN_PARAGRAPHS.split(written.getBuffer(), -1)) {
      if (!paragraph.isBlank()) {
        String whole = HYPHENATION.matcher(paragraph).replaceAll("");
        paragraphs.add(ChineseLines.joined(whole).strip());
      }
    }
    pages.add(paragraphs);
    written.getBuffer().setLength(0);
  }
}
