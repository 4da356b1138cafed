package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Reads HTML pages, however badly they are written. */
final class HtmlFormat implements DocumentFormat {
  /** The largest page; its tree takes some ten times as much memory. */
  static final int MAX_BYTES = 16 << 20;

  private static final Pattern BEGINNING =
      Pattern.compile(
          "\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)*<(!doctype\\s+html|html|head|body)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  @Override
  public String mediaType() {
    return "text/html";
  }

  @Override
  public List<String> extensions() {
    return List.of("html", "htm", "xhtml");
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public boolean isBinary() {
    return false;
  }

  @Override
  public boolean begins(String latin) {
    return BEGINNING.matcher(latin).matches();
  }

  @Override
  public LoadedDocument load(Path file, DocumentDraft draft, Runnable check) throws IOException {
    checkSize(file);
    byte[] bytes = Files.readAllBytes(file);
    Charset declared = DeclaredCharset.of(bytes).orElse(null);
    Document page = Jsoup.parse(TextDecoding.decode(bytes, declared, draft::note));
    Element main = page.selectFirst("main, [role=main]");
    Element content = main == null || !main.hasText() ? page.body() : main;
    String title = page.title();
    HtmlText html = new HtmlText(draft);
    if (content.selectFirst("h1") == null && !title.isBlank()) {
      // Without a heading of its own, the page's title is what it is about.
      draft.under(1, title);
    }
    html.read(content);
    return draft.finish(title.isBlank() ? html.firstHeading() : title, null);
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
