package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * What people wrote onto a page: what they filled into its form, which is read where it stands, and
 * their comments, which are read behind the page.
 */
final class PdfAnnotations {
  /** The most that are read of a page. */
  static final int MAX_ANNOTATIONS = 2_000;

  private static final int HIDDEN = 2 | 32;
  private static final Set<String> SEEN_OTHERWISE = Set.of("Widget", "Link", "Popup", "FreeText");

  /**
   * Words in a rectangle of the page as it is shown, from its upper left corner.
   *
   * @param words lines separated by line feeds
   */
  record Placed(String words, float left, float top, float right, float bottom) {}

  private final PDPage page;
  private final List<Placed> placed = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();

  private PdfAnnotations(PDPage page) {
    this.page = page;
  }

  /** Those of a page. */
  static PdfAnnotations of(PDPage page) {
    PdfAnnotations annotations = new PdfAnnotations(page);
    COSArray all = page.getCOSObject().getCOSArray(COSName.ANNOTS);
    for (int i = 0; all != null && i < Math.min(all.size(), MAX_ANNOTATIONS); i++) {
      if (all.getObject(i) instanceof COSDictionary one
          && (one.getInt(COSName.F, 0) & HIDDEN) == 0) {
        annotations.read(one);
      }
    }
    return annotations;
  }

  /** What stands on the page. */
  List<Placed> placed() {
    return placed;
  }

  /** What stands beside it, each named as what it is. */
  List<String> comments() {
    return comments;
  }

  private void read(COSDictionary annotation) {
    String sort = annotation.getNameAsString(COSName.SUBTYPE, "");
    if (sort.equals("Widget")) {
      place(annotation, PdfField.words(annotation));
    } else if (sort.equals("FreeText")) {
      place(annotation, annotation.getString(COSName.CONTENTS, ""));
    }
    String words = annotation.getString(COSName.CONTENTS, "").strip();
    // The state of a comment ("accepted") is kept as a comment on it.
    if (!SEEN_OTHERWISE.contains(sort)
        && !words.isEmpty()
        && !annotation.containsKey("StateModel")) {
      String author = annotation.getString(COSName.T, "").strip();
      comments.add((author.isEmpty() ? "Comment: " : "Comment by " + author + ": ") + words);
    }
  }

  private void place(COSDictionary annotation, String words) {
    COSBase rectangle = annotation.getDictionaryObject(COSName.RECT);
    if (words.isBlank() || !(rectangle instanceof COSArray corners) || corners.size() < 4) {
      return;
    }
    PDRectangle box = new PDRectangle(corners);
    PDRectangle crop = page.getCropBox();
    float[] one = shown(box.getLowerLeftX(), box.getLowerLeftY(), crop);
    float[] other = shown(box.getUpperRightX(), box.getUpperRightY(), crop);
    placed.add(
        new Placed(
            words.replace("\r\n", "\n").replace('\r', '\n'),
            Math.min(one[0], other[0]),
            Math.min(one[1], other[1]),
            Math.max(one[0], other[0]),
            Math.max(one[1], other[1])));
  }

  private float[] shown(float fileX, float fileY, PDRectangle crop) {
    float x = fileX - crop.getLowerLeftX();
    float y = fileY - crop.getLowerLeftY();
    return switch (Math.floorMod(page.getRotation(), 360)) {
      case 90 -> new float[] {y, x};
      case 180 -> new float[] {crop.getWidth() - x, y};
      case 270 -> new float[] {crop.getHeight() - y, crop.getWidth() - x};
      default -> new float[] {x, crop.getHeight() - y};
    };
  }
}
