package io.kvasir.ingest.format;

import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/** How a letter stands on a page as the page is shown. */
enum PdfTurn {
  /** As most letters do. */
  UPRIGHT,
  /** Its line reads upwards. */
  UPWARDS,
  /** Its line reads downwards. */
  DOWNWARDS,
  /** On its head. */
  OVER,
  /** Upright, in a line that reads downwards, as Chinese may be written. */
  DOWN_COLUMNS,
  /** Neither upright nor by a quarter turn. */
  SLANTED;

  /** A scanned page may lie as askew as that. */
  private static final double MAX_ASKEW_DEGREES = 10;

  /**
   * How a letter stands.
   *
   * @param pageRotation by how many degrees the page is turned clockwise to be shown
   */
  static PdfTurn of(TextPosition position, int pageRotation) {
    double degrees = Math.toDegrees(angle(position));
    if (Math.abs(degrees - 90 * Math.round(degrees / 90)) > MAX_ASKEW_DEGREES) {
      return SLANTED;
    }
    if (position.getFont() != null && position.getFont().isVertical()) {
      return DOWN_COLUMNS;
    }
    return switch (Math.floorMod(Math.round(position.getDir()) - pageRotation, 360)) {
      case 90 -> UPWARDS;
      case 180 -> OVER;
      case 270 -> DOWNWARDS;
      default -> UPRIGHT;
    };
  }

  /** The direction that a letter's line has in the file, in radians, counterclockwise. */
  static double angle(TextPosition position) {
    Matrix matrix = position.getTextMatrix();
    return Math.atan2(matrix.getShearY(), matrix.getScaleX());
  }
}
