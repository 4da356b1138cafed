package io.kvasir.ingest.format;

import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.util.Matrix;

/** Draws words at places of a PDF's pages, in the order in which a test draws them. */
final class PdfDrawing {
  private static final PDType1Font FONT = new PDType1Font(FontName.HELVETICA);

  private final PDDocument pdf;
  private PDPage page = new PDPage(PDRectangle.A4);
  private float size = 10;

  private PdfDrawing(PDDocument pdf) {
    this.pdf = pdf;
  }

  /** A file with what is drawn; its pages are 595 points wide and 842 high. */
  static Path write(Path file, Consumer<PdfDrawing> drawing) throws IOException {
    try (PDDocument pdf = new PDDocument()) {
      drawing.accept(new PdfDrawing(pdf));
      pdf.save(file.toFile());
    }
    return file;
  }

  /** The document, for what is no words. */
  PDDocument pdf() {
    return pdf;
  }

  /** Begins a page. */
  PDPage page() {
    page = new PDPage(PDRectangle.A4);
    pdf.addPage(page);
    return page;
  }

  /** The size of what follows, in points. */
  PdfDrawing size(float points) {
    size = points;
    return this;
  }

  /** Words that begin at a place, counted from the lower left. */
  void at(float x, float y, String words) {
    turned(x, y, 0, words);
  }

  /** Words that are turned counterclockwise. */
  void turned(float x, float y, double degrees, String words) {
    try (PDPageContentStream content =
        new PDPageContentStream(pdf, page, PDPageContentStream.AppendMode.APPEND, false)) {
      content.beginText();
      content.setFont(FONT, size);
      AffineTransform place = AffineTransform.getTranslateInstance(x, y);
      place.rotate(Math.toRadians(degrees));
      content.setTextMatrix(new Matrix(place));
      content.showText(words);
      content.endText();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Lines below each other. */
  void lines(float x, float y, float step, String... lines) {
    for (int i = 0; i < lines.length; i++) {
      at(x, y - i * step, lines[i]);
    }
  }

  /** Words in several sizes one behind the other; those raised are smaller. */
  void raised(float x, float y, String... plainAndRaised) {
    float at = x;
    float usual = size;
    try {
      for (int i = 0; i < plainAndRaised.length; i++) {
        boolean raised = i % 2 == 1;
        size = raised ? usual * 0.6f : usual;
        at(at, raised ? y + usual * 0.4f : y, plainAndRaised[i]);
        at += FONT.getStringWidth(plainAndRaised[i]) / 1000 * size;
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    size = usual;
  }
}
