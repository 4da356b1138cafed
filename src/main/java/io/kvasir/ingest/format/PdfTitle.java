package io.kvasir.ingest.format;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds a PDF's title: the one it names, unless a program made that up, else its largest words. */
final class PdfTitle {
  private static final Pattern PROGRAM =
      Pattern.compile("^(?:Microsoft (?:Office )?(?:Word|Excel|PowerPoint)|PowerPoint|Word) - ");
  private static final Pattern FILE_NAME =
      Pattern.compile(
          "(?i)\\.(?:docx?|dotx?|rtf|odt|ods|odp|xlsx?|pptx?|pdf|tex|dvi|ps|eps|indd|qxd|qxp|pmd|p65"
              + "|pub|vsd|pages|wpd|sxw|html?|txt|md|tiff?|jpe?g|png)$");
  private static final Pattern NO_TITLE =
      Pattern.compile(
          "(?:untitled|no ?title|unnamed|unknown|document|doc|presentation|powerpoint"
              + " presentation|slide|folie|book|workbook|unspecified|anonymous|null|none|noname"
              + "|unbenannt|ohne titel|dokument|sans titre|sin título|senza titolo|sem título"
              + "|namnlös|无标题|未命名|無題|無標題|文档|文檔|演示文稿|幻灯片)"
              + "[ _-]{0,2}\\(?\\d{0,4}\\)?");
  private static final Pattern AROUND = Pattern.compile("^[(<\\[]|[)>\\]]$");

  /** So much larger than the rest are titles. */
  private static final float LARGER = 1.15f;

  private static final int MAX_LINES = 4;

  private PdfTitle() {}

  /**
   * The title; empty if there is none.
   *
   * @param named what the file says
   * @param first what is on the first page
   */
  static String of(@Nullable String named, List<PdfLine> first) {
    String title = named == null ? "" : named.strip();
    return isTitle(title) ? title : largest(first);
  }

  private static boolean isTitle(String title) {
    String bare = AROUND.matcher(title.toLowerCase(Locale.ROOT)).replaceAll("").strip();
    return bare.codePoints().anyMatch(Character::isLetterOrDigit)
        && !NO_TITLE.matcher(bare).matches()
        && !PROGRAM.matcher(title).find()
        && !FILE_NAME.matcher(title).find();
  }

  /** The largest words of the page, if they are larger than most and not many. */
  private static String largest(List<PdfLine> page) {
    float usual = PdfSizes.usual(page, PdfLine::size, line -> line.text().length());
    float size =
        page.stream()
            .filter(line -> line.text().codePoints().anyMatch(Character::isLetter))
            .map(PdfLine::size)
            .max(Float::compare)
            .orElse(0f);
    if (size < LARGER * usual) {
      return "";
    }
    List<PdfLine> large = page.stream().filter(line -> line.size() == size).toList();
    return large.size() > MAX_LINES
        ? ""
        : large.stream().map(line -> line.words().strip()).collect(Collectors.joining(" "));
  }
}
