package io.kvasir.ingest.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;
import org.jspecify.annotations.Nullable;

/** Writes real PDF files for tests. */
public final class PdfFiles {
  private PdfFiles() {}

  /** A file with a page for each list of lines. */
  public static void write(Path file, List<List<String>> pages, String title) throws IOException {
    try (PDDocument pdf = of(pages)) {
      pdf.getDocumentInformation().setTitle(title);
      pdf.save(file.toFile());
    }
  }

  /** A file whose outline names a heading on each page, each one level below the one before. */
  public static void writeWithOutline(Path file, List<List<String>> pages, List<String> headings)
      throws IOException {
    try (PDDocument pdf = of(pages)) {
      PDDocumentOutline outline = new PDDocumentOutline();
      pdf.getDocumentCatalog().setDocumentOutline(outline);
      PDOutlineNode parent = outline;
      for (int i = 0; i < headings.size(); i++) {
        PDOutlineItem item = new PDOutlineItem();
        item.setTitle(headings.get(i));
        item.setDestination(pdf.getPage(i));
        parent.addLast(item);
        parent = item;
      }
      pdf.save(file.toFile());
    }
  }

  /** A file that needs a password. */
  public static void writeProtected(Path file) throws IOException {
    try (PDDocument pdf = of(List.of(List.of("secret")))) {
      pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      pdf.save(file.toFile());
    }
  }

  /**
   * A file whose page draws a form ten times that draws another ten times, and so on: a few
   * thousand bytes that take for ever.
   */
  public static void writeEndless(Path file, int depth) throws IOException {
    try (PDDocument pdf = new PDDocument()) {
      PDFormXObject inner = form(pdf, "0 0 m ".repeat(100), null);
      for (int i = 0; i < depth; i++) {
        inner = form(pdf, "/X Do ".repeat(10), inner);
      }
      PDPage page = new PDPage();
      page.setResources(inner.getResources());
      page.setContents(content(pdf, "/X Do"));
      pdf.addPage(page);
      pdf.save(file.toFile());
    }
  }

  /** A file with one page that shows the same letter again and again. */
  public static void writeDense(Path file, int letters) throws IOException {
    try (PDDocument pdf = of(List.of(List.of("page")))) {
      PDPage page = pdf.getPage(0);
      String font = page.getResources().getFontNames().iterator().next().getName();
      page.setContents(
          content(pdf, "BT /%s 12 Tf (%s) Tj ET".formatted(font, "a".repeat(letters))));
      pdf.save(file.toFile());
    }
  }

  /** A file whose page is one string that is small when packed. */
  public static void writeBomb(Path file, int bytes) throws IOException {
    try (PDDocument pdf = of(List.of(List.of("page")))) {
      pdf.getPage(0).setContents(content(pdf, "(" + "a".repeat(bytes)));
      pdf.save(file.toFile());
    }
  }

  private static PDFormXObject form(PDDocument pdf, String content, @Nullable PDFormXObject inner)
      throws IOException {
    PDFormXObject form = new PDFormXObject(content(pdf, content));
    form.setBBox(new PDRectangle(100, 100));
    form.setResources(new PDResources());
    if (inner != null) {
      form.getResources().put(COSName.getPDFName("X"), inner);
    }
    return form;
  }

  private static PDStream content(PDDocument pdf, String content) throws IOException {
    return new PDStream(
        pdf,
        new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII)),
        COSName.FLATE_DECODE);
  }

  private static PDDocument of(List<List<String>> pages) throws IOException {
    PDDocument pdf = new PDDocument();
    for (List<String> lines : pages) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
        content.beginText();
        content.setFont(new PDType1Font(FontName.HELVETICA), 12);
        content.newLineAtOffset(72, 700);
        for (String line : lines) {
          // An empty one is the distance between paragraphs.
          content.showText(line);
          content.newLineAtOffset(0, line.isEmpty() ? -40 : -14);
        }
        content.endText();
      }
    }
    return pdf;
  }
}
