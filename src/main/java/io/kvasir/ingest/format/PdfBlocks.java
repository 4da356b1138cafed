package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lines in the order in which a file draws them, which mostly is the order of reading: columns,
 * addresses beside each other and cells of several lines are each drawn whole. What is drawn later
 * into a gap of a line belongs there nevertheless.
 */
final class PdfBlocks {
  /** Words that belong together are no farther apart, in sizes. */
  private static final float MAX_WORD_GAP = 0.4f;

  /** Cells of one row may stand so much higher or lower than each other, in sizes. */
  private static final float BESIDE = 0.6f;

  /** Where a line would belong is not looked for among more lines or words. */
  private static final int MAX_TRIED = 40;

  private final List<List<List<PdfRun>>> blocks = new ArrayList<>();
  private final NavigableMap<Float, List<List<PdfRun>>> byBaseline = new TreeMap<>();

  private PdfBlocks() {}

  /**
   * The blocks of a part of a page, each as lines that follow each other downwards.
   *
   * @param inOrder as they were drawn
   */
  static List<List<List<PdfRun>>> of(List<PdfRun> inOrder) {
    PdfBlocks part = new PdfBlocks();
    List<PdfRun> line = List.of();
    for (PdfRun run : inOrder) {
      if (line.isEmpty() || !isBeside(line, run)) {
        line = part.lineFor(run, line);
      }
      line.add(run);
    }
    part.blocks.forEach(block -> block.forEach(PdfLine::sort));
    return part.blocks;
  }

  private List<PdfRun> lineFor(PdfRun run, List<PdfRun> last) {
    float near = run.size() / 2;
    Optional<List<PdfRun>> gap =
        byBaseline
            .subMap(run.baseline() - near, true, run.baseline() + near, true)
            .values()
            .stream()
            .flatMap(List::stream)
            .limit(MAX_TRIED)
            .filter(line -> line.size() <= MAX_TRIED && hasRoomFor(line, run))
            .findFirst();
    if (gap.isPresent()) {
      return gap.get();
    }
    List<PdfRun> line = new ArrayList<>();
    if (last.isEmpty() || !isBelow(last, run)) {
      blocks.add(new ArrayList<>());
    }
    blocks.get(blocks.size() - 1).add(line);
    byBaseline.computeIfAbsent(run.baseline(), none -> new ArrayList<>()).add(line);
    return line;
  }

  private static boolean isBeside(List<PdfRun> line, PdfRun run) {
    PdfRun last = line.get(line.size() - 1);
    boolean behind = run.left() >= last.right() - MAX_WORD_GAP * run.size();
    return run.isOnLineOf(last)
        ? run.left() >= last.left()
        : behind
            && Math.abs(run.baseline() - last.baseline())
                <= BESIDE * Math.min(run.size(), last.size());
  }

  /** Whether there are words close before it and close behind. */
  private static boolean hasRoomFor(List<PdfRun> line, PdfRun run) {
    float gap = MAX_WORD_GAP * run.size();
    return run.isOnLineOf(line.get(0))
        && line.stream().anyMatch(other -> Math.abs(run.left() - other.right()) <= gap)
        && line.stream().anyMatch(other -> Math.abs(other.left() - run.right()) <= gap);
  }

  private static boolean isBelow(List<PdfRun> line, PdfRun run) {
    return run.baseline() > line.get(0).baseline()
        && line.stream()
            .anyMatch(above -> above.left() < run.right() && run.left() < above.right());
  }
}
