package io.kvasir.ingest.format;

import io.kvasir.ingest.format.PdfOutline.Entry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person reads of a PDF's pages: under the headings that its outline names, without running
 * heads and page numbers, and without pages of contents, which would be found in place of the
 * sections they list.
 */
final class PdfPages {
  private static final int MIN_REPEATS = 3;
  private static final int REPEATED_ON_ONE_IN = 3;
  private static final int MIN_LEADERS = 5;
  private static final int LEADERS_IN_ONE_LINE_OF = 3;
  private static final int MAX_HEADING_LINES = 4;
  private static final int MAX_NUMBERING = 12;
  private static final int MAX_NUMBERING_WITHOUT_DIGITS = 3;

  private static final Pattern NUMBER = Pattern.compile("\\d+|\\b(?i:[ivxlc]+)\\b");
  private static final Pattern LEADER =
      Pattern.compile("(?:\\s?[.·…]){4,}\\s*\\d*\\s*$", Pattern.MULTILINE);
  private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final List<List<String>> pages;
  private final Map<Integer, List<Entry>> outline;
  private final Map<String, Integer> first = new HashMap<>();
  private final Map<String, Integer> last = new HashMap<>();

  /**
   * Pages and the headings on them.
   *
   * @param pages the paragraphs of each
   * @param outline in the order of the document
   */
  PdfPages(List<List<String>> pages, List<Entry> outline) {
    this.pages = pages;
    this.outline = outline.stream().collect(Collectors.groupingBy(Entry::page));
    for (List<String> page : pages) {
      if (!page.isEmpty()) {
        first.merge(masked(page.get(0)), 1, Integer::sum);
        last.merge(masked(page.get(page.size() - 1)), 1, Integer::sum);
      }
    }
  }

  /** Writes them into a draft. */
  void write(DocumentDraft draft) {
    for (int i = 0; i < pages.size(); i++) {
      draft.page(i + 1);
      write(draft, withoutRunningHeads(pages.get(i)), outline.getOrDefault(i + 1, List.of()));
    }
  }

  private static void write(DocumentDraft draft, List<String> page, List<Entry> headings) {
    int next = 0;
    for (String paragraph : isContents(page) ? List.<String>of() : page) {
      List<String> lines = Arrays.asList(paragraph.split("\n", -1));
      int found = next;
      int length = 0;
      while (found < headings.size()
          && (length = headingLines(lines, headings.get(found).title())) == 0) {
        found++;
      }
      if (length == 0) {
        draft.block(paragraph);
        continue;
      }
      headings.subList(next, found).forEach(entry -> draft.under(entry.level(), entry.title()));
      draft.heading(headings.get(found).level(), String.join(" ", lines.subList(0, length)));
      draft.block(String.join("\n", lines.subList(length, lines.size())));
      next = found + 1;
    }
    // Those whose words are not on the page count from its end on.
    headings
        .subList(next, headings.size())
        .forEach(entry -> draft.under(entry.level(), entry.title()));
  }

  /** How many lines at the beginning are this heading, perhaps with a number before it; 0: none. */
  private static int headingLines(List<String> lines, String title) {
    String sought = bare(title);
    for (int length = 1; length <= Math.min(MAX_HEADING_LINES, lines.size()); length++) {
      String words = bare(String.join("", lines.subList(0, length)));
      if (!sought.isEmpty() && words.endsWith(sought)) {
        String before = words.substring(0, words.length() - sought.length());
        boolean digits = before.chars().anyMatch(Character::isDigit);
        return before.length() <= (digits ? MAX_NUMBERING : MAX_NUMBERING_WITHOUT_DIGITS)
            ? length
            : 0;
      }
    }
    return 0;
  }

  private List<String> withoutRunningHeads(List<String> page) {
    List<String> rest = new ArrayList<>(page);
    if (!rest.isEmpty() && isRunningHead(rest, rest.get(rest.size() - 1), last)) {
      rest.remove(rest.size() - 1);
    }
    if (!rest.isEmpty() && isRunningHead(rest, rest.get(0), first)) {
      rest.remove(0);
    }
    return rest;
  }

  /** A page's only paragraph is no head, unless it is the page's number. */
  private boolean isRunningHead(
      List<String> page, String paragraph, Map<String, Integer> occurrences) {
    String masked = masked(paragraph);
    int repeats = occurrences.getOrDefault(masked, 0);
    return repeats >= Math.max(MIN_REPEATS, pages.size() / REPEATED_ON_ONE_IN)
        && (page.size() > 1 || masked.equals("#"));
  }

  private static boolean isContents(List<String> page) {
    String text = String.join("\n", page);
    long leaders = LEADER.matcher(text).results().count();
    return leaders >= MIN_LEADERS && leaders * LEADERS_IN_ONE_LINE_OF >= text.lines().count();
  }

  private static String masked(String paragraph) {
    return NUMBER.matcher(paragraph).replaceAll("#");
  }

  private static String bare(String words) {
    return NEITHER_LETTER_NOR_DIGIT.matcher(words).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
