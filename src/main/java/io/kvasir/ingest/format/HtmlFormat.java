package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Reads HTML pages, however badly they are written. */
final class HtmlFormat implements DocumentFormat {
  private static final FileType TYPE =
      new FileType("text/html", List.of("html", "htm", "xhtml"), 3, "");

  /** The largest page; its tree takes some ten times as much memory. */
  static final int MAX_BYTES = 16 << 20;

  private static final List<String> BEGINNINGS =
      List.of("<!doctype html", "<html", "<head", "<body");

  @Override
  public FileType type() {
    return TYPE;
  }

  @Override
  public boolean begins(String latin) {
    String lower = latin.toLowerCase(Locale.ROOT).stripLeading();
    while (lower.startsWith("<!--") || lower.startsWith("<?xml")) {
      String end = lower.startsWith("<?") ? ">" : "-->";
      int at = lower.indexOf(end);
      lower = at < 0 ? "" : lower.substring(at + end.length()).stripLeading();
    }
    String beginning = lower;
    return BEGINNINGS.stream().anyMatch(tag -> isTag(beginning, tag));
  }

  @Override
  public LoadedDocument load(Path file, DocumentDraft draft) throws IOException {
    checkSize(file);
    byte[] bytes = Files.readAllBytes(file);
    Charset declared = DeclaredCharset.of(bytes).orElse(null);
    Document page = Jsoup.parse(TextDecoding.decode(bytes, declared, draft::note));
    List<Element> contents = HtmlParts.contents(page.body());
    String title = page.title();
    HtmlText html = new HtmlText(draft);
    boolean headed = contents.stream().anyMatch(content -> content.selectFirst("h1") != null);
    if (!headed && !title.isBlank()) {
      // Without a heading of its own, the page's title is what it is about.
      draft.under(1, title);
    }
    contents.forEach(html::read);
    return draft.finish(title.isBlank() ? html.firstHeading() : title, null);
  }

  private static boolean isTag(String text, String tag) {
    boolean longer =
        text.length() > tag.length() && Character.isLetterOrDigit(text.charAt(tag.length()));
    return text.startsWith(tag) && !longer;
  }

  /** Fails with TOO_LARGE if the tree of a marked-up file would take too much memory. */
  static void checkSize(Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes > MAX_BYTES) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "has %s; marked-up files may have %s; split the file"
              .formatted(DocumentReader.inMebibytes(bytes), DocumentReader.inMebibytes(MAX_BYTES)));
    }
  }
}
