package io.kvasir.ingest.format;

import io.kvasir.ingest.format.PdfAnnotations.Placed;
import io.kvasir.ingest.format.PdfLine.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.text.TextPosition;

/**
 * What stands on a page, line by line in the order of reading: upright text first, then what is
 * turned, each part by itself.
 */
final class PdfPageText {
  private static final int MAX_STAMP_LINES = 2;
  private static final int STAMP_SHARE = 5;

  private final Map<PdfTurn, List<PdfLetter>> letters = new EnumMap<>(PdfTurn.class);
  private final List<PdfLine> lines = new ArrayList<>();
  private final float width;
  private final float height;

  /** A page that is shown so wide and so high. */
  private PdfPageText(float width, float height) {
    this.width = width;
    this.height = height;
  }

  /**
   * The lines of a page.
   *
   * @param rotation by how many degrees it is turned clockwise to be shown
   * @param width of the page as it is shown
   * @param height of the page as it is shown
   * @param placed what was written onto it
   */
  static List<PdfLine> lines(
      List<TextPosition> drawn, int rotation, float width, float height, List<Placed> placed) {
    PdfPageText page = new PdfPageText(width, height);
    for (TextPosition position : drawn) {
      PdfTurn turn = PdfTurn.of(position, rotation);
      page.of(turn).add(PdfLetter.of(position, turn));
    }
    PdfPlacement.place(placed, page.of(PdfTurn.UPRIGHT));
    page.letters.forEach(page::read);
    return page.lines;
  }

  private List<PdfLetter> of(PdfTurn turn) {
    return letters.computeIfAbsent(turn, none -> new ArrayList<>());
  }

  private void read(PdfTurn turn, List<PdfLetter> drawn) {
    boolean sideways = turn == PdfTurn.UPWARDS || turn == PdfTurn.DOWNWARDS;
    float turned = sideways || turn == PdfTurn.DOWN_COLUMNS ? width : height;
    List<PdfLine> read = new ArrayList<>();
    int number = lines.isEmpty() ? 0 : lines.get(lines.size() - 1).place().number() + 1;
    for (List<List<PdfRun>> part : PdfColumns.of(PdfScripts.level(PdfRun.of(drawn)))) {
      Place place = new Place(turn, turned, number++);
      part.forEach(row -> read.add(PdfLine.of(row, place)));
    }
    if (!sideways || !isStamp(turn, read)) {
      lines.addAll(read);
    }
  }

  /** Whether turned lines were stamped beside the page's text, as archives do. */
  private boolean isStamp(PdfTurn turn, List<PdfLine> turned) {
    List<PdfLetter> upright = of(PdfTurn.UPRIGHT);
    float left = (float) upright.stream().mapToDouble(PdfLetter::left).min().orElse(0);
    float right = (float) upright.stream().mapToDouble(PdfLetter::right).max().orElse(0);
    return turned.size() <= MAX_STAMP_LINES
        && of(turn).size() * STAMP_SHARE <= upright.size()
        && turned.stream()
            .mapToDouble(
                line -> turn == PdfTurn.UPWARDS ? line.baseline() : width - line.baseline())
            .allMatch(x -> x < left || x > right);
  }
}
