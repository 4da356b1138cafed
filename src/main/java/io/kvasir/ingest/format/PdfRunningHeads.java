package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out running heads and feet: what stands apart at the same place of the page's edge on one
 * page after the other, and differs at most in the page's number. When in doubt a line is kept: in
 * large letters, where whole pages are alike, or where there is little else.
 */
final class PdfRunningHeads {
  private static final int MIN_PAGES = 3;

  /** So many suffice for the page's own number. */
  private static final int MIN_NUMBERED_PAGES = 2;

  /** How far the same place may be from itself, in points. */
  private static final float SAME_PLACE = 3;

  private static final float SAME_SIZE = 0.5f;
  private static final float LARGE = 1.25f;

  /** Left and right pages may have different heads. */
  private static final int EVERY_OTHER = 2;

  /** "Chapter 1.1" and the like before the words of a heading. */
  private static final int MAX_NUMBERING_WORDS = 3;

  /** Ends what may be a heading by itself. */
  private static final Pattern PARTS = Pattern.compile(PdfWords.WIDE_GAP + "|(?<=…)");

  private final List<List<PdfLine>> pages;
  private final float bodySize;
  private final List<PdfEdge> edges = new ArrayList<>();
  private final Set<PdfLine> atEdges = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<PdfLine> repeated = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<PdfLine> heads = Collections.newSetFromMap(new IdentityHashMap<>());

  private PdfRunningHeads(List<List<PdfLine>> pages) {
    this.pages = pages;
    List<PdfLine> all = pages.stream().flatMap(List::stream).toList();
    bodySize = PdfSizes.usual(all, PdfLine::size, line -> line.text().length());
    for (int i = 0; i < pages.size(); i++) {
      edges.addAll(PdfEdge.of(i + 1, pages.get(i)));
    }
    edges.forEach(edge -> atEdges.add(edge.line()));
  }

  /**
   * The lines of every page without heads and feet.
   *
   * @param headings of the document; a head that repeats one needs not come again itself
   */
  static List<List<PdfLine>> without(List<List<PdfLine>> pages, List<String> headings) {
    PdfRunningHeads running = new PdfRunningHeads(pages);
    running.findRepeated();
    running.findHeadings(headings);
    return pages.stream()
        .map(page -> page.stream().filter(line -> !running.heads.contains(line)).toList())
        .toList();
  }

  /**
   * What lines at edges have in common.
   *
   * @param ahead see {@link PdfPageNumber}; null for what has no number
   */
  private record Likeness(String words, @Nullable Integer ahead, PdfTurn turn) {}

  private void findRepeated() {
    Map<Likeness, List<PdfEdge>> alike = new LinkedHashMap<>();
    Set<Likeness> sure = new HashSet<>();
    for (PdfEdge edge : edges) {
      String text = edge.line().text().strip();
      PdfTurn turn = edge.line().place().turn();
      alike.computeIfAbsent(new Likeness(text, null, turn), none -> new ArrayList<>()).add(edge);
      for (PdfPageNumber number : PdfPageNumber.in(text, edge.page())) {
        Likeness likeness = new Likeness(number.rest(), number.ahead(), turn);
        alike.computeIfAbsent(likeness, none -> new ArrayList<>()).add(edge);
        if (number.isSure()) {
          sure.add(likeness);
        }
      }
    }
    List<List<PdfEdge>> doubtful = new ArrayList<>();
    alike.forEach(
        (likeness, found) -> {
          boolean known = sure.contains(likeness);
          boolean own = known && Objects.equals(likeness.ahead(), 0);
          for (List<PdfEdge> run : runs(found)) {
            if (run.size() >= (own ? MIN_NUMBERED_PAGES : MIN_PAGES)) {
              run.forEach(edge -> (known ? heads : repeated).add(edge.line()));
              doubtful.add(run);
            }
          }
        });
    repeated.addAll(heads);
    doubtful.stream()
        .filter(this::isHead)
        .forEach(run -> run.forEach(edge -> heads.add(edge.line())));
  }

  /** Those at the same place of pages in a row. */
  private static List<List<PdfEdge>> runs(List<PdfEdge> found) {
    List<List<PdfEdge>> runs = new ArrayList<>();
    List<List<PdfEdge>> open = new ArrayList<>();
    for (PdfEdge edge : found) {
      open.removeIf(run -> edge.page() - run.get(run.size() - 1).page() > EVERY_OTHER);
      List<PdfEdge> run =
          open.stream()
              .filter(one -> continues(one.get(one.size() - 1), edge))
              .findFirst()
              .orElseGet(ArrayList::new);
      if (run.isEmpty()) {
        runs.add(run);
        open.add(run);
      }
      run.add(edge);
    }
    return runs;
  }

  private static boolean continues(PdfEdge last, PdfEdge next) {
    return next.page() > last.page() && isSamePlace(last.line(), next.line());
  }

  private static boolean isSamePlace(PdfLine one, PdfLine other) {
    return Math.abs(one.baseline() - other.baseline()) <= SAME_PLACE;
  }

  /** Whether it runs above or below a text that differs from page to page. */
  private boolean isHead(List<PdfEdge> run) {
    int different = 0;
    for (int i = 0; i < run.size(); i++) {
      int other = run.get(i == 0 ? 1 : i - 1).page();
      different += isAlike(run.get(i).page(), other) ? 0 : 1;
    }
    return different * 2 > run.size() && run.get(0).line().size() <= LARGE * bodySize;
  }

  /** Whether two pages are the same form, or have nothing but heads. */
  private boolean isAlike(int page, int other) {
    Map<String, PdfLine> there = new HashMap<>();
    textOf(other).forEach(line -> there.put(line.text(), line));
    List<PdfLine> text = textOf(page);
    long common =
        text.stream()
            .filter(
                line -> {
                  PdfLine same = there.get(line.text());
                  return same != null && isSamePlace(line, same);
                })
            .count();
    return common * 2 >= text.size();
  }

  private List<PdfLine> textOf(int page) {
    return pages.get(page - 1).stream().filter(line -> !repeated.contains(line)).toList();
  }

  /** Where heads are, what repeats a heading is one, too, though it is on a page or two only. */
  private void findHeadings(List<String> headings) {
    List<PdfEdge> places = edges.stream().filter(edge -> heads.contains(edge.line())).toList();
    List<PdfEdge> open =
        edges.stream()
            .filter(edge -> !heads.contains(edge.line()))
            .filter(edge -> places.stream().anyMatch(head -> isLike(edge.line(), head.line())))
            .toList();
    if (open.isEmpty()) {
      return;
    }
    NavigableSet<String> known = new TreeSet<>();
    headings.forEach(heading -> known.add(PdfPages.bare(heading)));
    for (List<PdfLine> page : pages) {
      page.stream()
          .filter(line -> !atEdges.contains(line))
          .forEach(line -> known.add(PdfPages.bare(line.text())));
    }
    open.stream().map(PdfEdge::line).filter(line -> repeats(line, known)).forEach(heads::add);
  }

  private static boolean isLike(PdfLine line, PdfLine head) {
    return line.place().turn() == head.place().turn()
        && isSamePlace(line, head)
        && Math.abs(line.size() - head.size()) <= SAME_SIZE;
  }

  private static boolean repeats(PdfLine line, NavigableSet<String> known) {
    boolean words = false;
    for (String part : PARTS.split(line.text().strip(), -1)) {
      if (part.isBlank()
          || PdfPageNumber.in(part.strip(), 1).stream().anyMatch(PdfPageNumber::isAlone)) {
        continue;
      }
      if (!isHeading(part.strip(), known)) {
        return false;
      }
      words = true;
    }
    return words;
  }

  /** Whether this is a heading, perhaps cut short, with or without its number. */
  private static boolean isHeading(String part, NavigableSet<String> known) {
    List<String> words = Arrays.asList(part.split(" ", -1));
    for (int i = 0; i <= Math.min(MAX_NUMBERING_WORDS, words.size() - 1); i++) {
      String sought = PdfPages.bare(String.join(" ", words.subList(i, words.size())));
      String next = sought.isEmpty() ? null : known.ceiling(sought);
      if (next != null && (part.endsWith("…") ? next.startsWith(sought) : next.equals(sought))) {
        return true;
      }
    }
    return false;
  }
}
