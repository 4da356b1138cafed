package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
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

  private static final int DECLARATION_WITHIN = 4096;
  private static final Pattern DECLARATION =
      Pattern.compile("(?:charset|encoding)\\s*=\\s*[\"']?([\\w:.-]+)", Pattern.CASE_INSENSITIVE);

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
    return 1;
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
    Document page = Jsoup.parse(text(Files.readAllBytes(file)));
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

  private static String text(byte[] bytes) {
    return TextDecoding.byMark(bytes).isPresent()
        ? TextDecoding.decode(bytes)
        : declared(bytes)
            .map(charset -> new String(bytes, charset))
            .orElseGet(() -> TextDecoding.decode(bytes));
  }

  /** The charset the page says it is in; empty for UTF-8 and UTF-16, which can be told better. */
  private static Optional<Charset> declared(byte[] bytes) {
    String beginning =
        new String(
            bytes, 0, Math.min(bytes.length, DECLARATION_WITHIN), StandardCharsets.ISO_8859_1);
    Matcher declaration = DECLARATION.matcher(beginning);
    if (!declaration.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Charset.forName(declaration.group(1)))
          .filter(charset -> !charset.name().startsWith("UTF-"));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      // Pages name charsets that do not exist; the bytes themselves then have to tell.
      return Optional.empty();
    }
  }
}
