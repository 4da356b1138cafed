package io.kvasir.ingest;

import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.text.PDFTextStripper;

/** Finds the paragraphs on the pages of a PDF. */
final class PdfText extends PDFTextStripper {
  // A word that was broken at the line's end.
  private static final Pattern HYPHENATION =
      Pattern.compile("(?<=\\p{Ll})[-\u00AD\u2010]\n(?=\\p{Ll})");

  private static final Pattern BETWEEN_PARAGRAPHS = Pattern.compile("\n[ \t]*\n\\s*");

  private final DocumentDraft draft;
  private final Runnable beforePage;
  private final StringWriter written = new StringWriter();
  private final List<List<String>> pages = new ArrayList<>();
  private long characters;

  private PdfText(DocumentDraft draft, Runnable beforePage) {
    this.draft = draft;
    this.beforePage = beforePage;
    setLineSeparator("\n");
    setParagraphEnd("\n");
    setPageEnd("");
  }

  /**
   * The paragraphs of every page, none of them blank.
   *
   * @param draft says how much text is too much
   * @param beforePage runs before every page; may throw to end the reading
   */
  static List<List<String>> pages(PDDocument pdf, DocumentDraft draft, Runnable beforePage)
      throws IOException {
    PdfText text = new PdfText(draft, beforePage);
    text.writeText(pdf, text.written);
    return text.pages;
  }

  @Override
  protected void startPage(PDPage page) throws IOException {
    beforePage.run();
    written.getBuffer().setLength(0);
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
