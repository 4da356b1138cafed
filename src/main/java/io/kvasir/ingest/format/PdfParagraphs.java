package io.kvasir.ingest.format;

import io.kvasir.ingest.format.PdfLine.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Joins the lines of a page to paragraphs. */
final class PdfParagraphs {
  /** A step from line to line, in sizes, where nothing on the page tells another. */
  private static final float COMMON_STEP = 1.3f;

  private static final float MIN_STEP = 1.15f;

  /** So much more than the usual step begins a paragraph. */
  private static final float LARGER_STEP = 1.25f;

  /** Lines farther apart, in sizes, are of one paragraph only if they fill the page's width. */
  private static final float WIDE_STEP = 1.6f;

  /** Lines farther apart, in sizes, are never of one paragraph. */
  private static final float MAX_STEP = 2.6f;

  /** Columns that text flows through have more lines than cells of tables; in sizes. */
  private static final float COLUMN = 5;

  private static final String BULLETS = "•‣◦▪●○■–";

  private static final float FILLED = 0.8f;
  private static final float OTHER_SIZE = 1.15f;
  private static final float INDENT = 0.55f;
  private static final float OUTDENT = 0.3f;

  private final List<String> paragraphs = new ArrayList<>();
  private final StringBuilder open = new StringBuilder();
  private final Map<Place, Float> rightEdges = new HashMap<>();
  private final float usualStep;
  private boolean isFirst;

  private PdfParagraphs(List<PdfLine> lines) {
    lines.forEach(line -> rightEdges.merge(line.place(), line.right(), Math::max));
    usualStep = usualStep(lines);
  }

  /** The paragraphs of a page; their lines are separated by line feeds. */
  static List<String> of(List<PdfLine> lines) {
    PdfParagraphs page = new PdfParagraphs(lines);
    PdfLine before = null;
    for (PdfLine line : lines) {
      page.add(before, line);
      before = line;
    }
    page.close();
    return page.paragraphs;
  }

  private void add(@Nullable PdfLine before, PdfLine line) {
    if (before == null || begins(before, line)) {
      close();
      isFirst = true;
    } else {
      open.append('\n');
      isFirst = false;
    }
    open.append(line.words());
  }

  private void close() {
    if (!open.toString().isBlank()) {
      paragraphs.add(open.toString());
    }
    open.setLength(0);
  }

  private boolean begins(PdfLine before, PdfLine line) {
    if (!before.place().equals(line.place())) {
      return !goesOn(before, line);
    }
    float size = Math.min(line.size(), before.size());
    float step = (line.baseline() - before.baseline()) / size;
    if (BULLETS.indexOf(line.text().charAt(0)) >= 0) {
      return true;
    }
    return step > Math.min(MAX_STEP, usualStep * LARGER_STEP)
        || (step > WIDE_STEP && !isFilled(before) && !isBroken(before))
        || Math.max(line.size(), before.size()) > OTHER_SIZE * size
        || isIndented(before, line);
  }

  /** From the end of one column to the beginning of the next. */
  private static boolean goesOn(PdfLine before, PdfLine line) {
    return before.place().turn() == line.place().turn()
        && before.size() == line.size()
        && line.baseline() < before.baseline() - COLUMN * line.size()
        && Character.isLowerCase(line.text().codePointAt(0))
        && (isBroken(before) || !endsSentence(before.words().stripTrailing()));
  }

  private static boolean endsSentence(String words) {
    return words.isEmpty() || ".!?:;。！？：；".indexOf(words.charAt(words.length() - 1)) >= 0;
  }

  private static boolean isBroken(PdfLine line) {
    String words = line.words().stripTrailing();
    return !words.isEmpty() && PdfHyphens.isHyphen(words.charAt(words.length() - 1));
  }

  private boolean isFilled(PdfLine line) {
    float edge = rightEdges.getOrDefault(line.place(), 0f);
    return line.right() - line.left() >= FILLED * (edge - line.left());
  }

  /** As PDFBox tells it: the second line may begin elsewhere, later ones begin a paragraph so. */
  private boolean isIndented(PdfLine before, PdfLine line) {
    float indent = (line.left() - before.left()) / line.size();
    boolean goesOn = isBroken(before) && Character.isLowerCase(line.text().codePointAt(0));
    return !isFirst && !goesOn && (indent > INDENT || indent < -OUTDENT);
  }

  private static float usualStep(List<PdfLine> lines) {
    List<Float> steps = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      PdfLine before = lines.get(i - 1);
      PdfLine line = lines.get(i);
      float step = (line.baseline() - before.baseline()) / line.size();
      if (before.place().equals(line.place()) && before.size() == line.size() && step <= MAX_STEP) {
        steps.add(step);
      }
    }
    return steps.size() < 2
        ? COMMON_STEP
        : Math.max(MIN_STEP, PdfSizes.usual(steps, step -> step, step -> 1));
  }
}
