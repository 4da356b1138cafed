package io.kvasir.ingest;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDDocumentOutline;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineItem;
import org.apache.pdfbox.pdmodel.interactive.documentnavigation.outline.PDOutlineNode;

/** Writes real PDF files for tests. */
final class PdfFiles {
  private PdfFiles() {}

  /** A file with a page for each list of lines. */
  static void write(Path file, List<List<String>> pages, String title) throws IOException {
    try (PDDocument pdf = of(pages)) {
      pdf.getDocumentInformation().setTitle(title);
      pdf.save(file.toFile());
    }
  }

  /** A file whose outline names a heading on each page, each one level below the one before. */
  static void writeWithOutline(Path file, List<List<String>> pages, List<String> headings)
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
  static void writeProtected(Path file) throws IOException {
    try (PDDocument pdf = of(List.of(List.of("secret")))) {
      pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
      pdf.save(file.toFile());
    }
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
