package io.kvasir.ingest.format;

import org.apache.pdfbox.pdmodel.font.PDType3Font;
import org.apache.pdfbox.text.TextPosition;

/**
 * A letter and its place on a page that is turned so that the letter stands upright; in points,
 * from the upper left corner.
 *
 * @param text mostly one character
 * @param left where it begins
 * @param right where it ends
 * @param baseline what it stands on
 * @param size of its font
 * @param space how wide a space of its font is
 */
record PdfLetter(String text, float left, float right, float baseline, float size, float space) {
  /** Text that is too small to be seen has a size nonetheless, since sizes are divided by. */
  private static final float MIN_SIZE = 0.5f;

  /** How high a capital letter is, in sizes; fonts of pictures tell no more. */
  private static final float CAPITAL = 0.7f;

  /** The letter as it stands on the page that {@link PdfTurn} names. */
  static PdfLetter of(TextPosition position, PdfTurn turn) {
    float size = size(position);
    float space = position.getWidthOfSpace();
    String text = position.getUnicode();
    float width = position.getWidthDirAdj();
    if (turn == PdfTurn.DOWN_COLUMNS) {
      float top = position.getYDirAdj() - size;
      float column = position.getPageWidth() - position.getXDirAdj();
      return new PdfLetter(text, top, top + size, column, size, space);
    }
    if (turn == PdfTurn.SLANTED) {
      double angle = PdfTurn.angle(position);
      double x = position.getTextMatrix().getTranslateX();
      double y = position.getTextMatrix().getTranslateY();
      float left = (float) (x * Math.cos(angle) + y * Math.sin(angle));
      float below = (float) (x * Math.sin(angle) - y * Math.cos(angle));
      float longer = width / (float) Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
      return new PdfLetter(text, left, left + longer, below, size, space);
    }
    float left = position.getXDirAdj();
    return new PdfLetter(text, left, left + width, position.getYDirAdj(), size, space);
  }

  /** Whether nothing is seen of it. */
  boolean isBlank() {
    return text.isBlank();
  }

  private static float size(TextPosition position) {
    float size =
        position.getFont() instanceof PDType3Font && position.getHeightDir() > 0
            ? position.getHeightDir() / CAPITAL
            : position.getYScale();
    return Float.isFinite(size) ? Math.max(MIN_SIZE, Math.abs(size)) : MIN_SIZE;
  }
}
