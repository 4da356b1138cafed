package io.kvasir.ingest.format;

import io.kvasir.ingest.format.PdfOutline.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a person reads of a PDF's pages: under the headings that its outline names, and without
 * pages of contents, which would be found in place of the sections they list.
 */
final class PdfPages {
  private static final int MAX_HEADING_LINES = 4;
  private static final int MAX_NUMBERING = 12;
  private static final int MAX_NUMBERING_WITHOUT_DIGITS = 3;

  private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");

  private final List<List<String>> pages;
  private final Map<Integer, List<Entry>> outline;

  /**
   * Pages and the headings on them.
   *
   * @param pages the paragraphs of each
   * @param outline in the order of the document
   */
  PdfPages(List<List<String>> pages, List<Entry> outline) {
    this.pages = pages;
    this.outline = outline.stream().collect(Collectors.groupingBy(Entry::page));
  }

  /** Writes them into a draft. */
  void write(DocumentDraft draft) {
    List<Boolean> contents =
        pages.stream().map(page -> PdfContents.isContents(page, pages.size())).toList();
    boolean onlyContents =
        IntStream.range(0, pages.size()).allMatch(i -> contents.get(i) || pages.get(i).isEmpty());
    for (int i = 0; i < pages.size(); i++) {
      draft.page(i + 1);
      List<String> read = contents.get(i) && !onlyContents ? List.of() : pages.get(i);
      write(draft, read, outline.getOrDefault(i + 1, List.of()));
    }
  }

  private static void write(DocumentDraft draft, List<String> page, List<Entry> headings) {
    int next = 0;
    for (String paragraph : page) {
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

  /** Words without what may be written in this way or that. */
  static String bare(String words) {
    return NEITHER_LETTER_NOR_DIGIT.matcher(words).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
