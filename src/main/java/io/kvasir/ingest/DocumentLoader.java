package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Gets the text out of a file by the kind its name tells. Blocks: call it from a worker. */
final class DocumentLoader {
  /** What it reads, for messages. */
  static final String TYPES = ".txt .md .html .pdf";

  private static final Pattern PARAGRAPHS = Pattern.compile("\\n[ \\t\\f]*\\n\\s*");

  private final IngestionLimits limits;

  DocumentLoader(IngestionLimits limits) {
    this.limits = limits;
  }

  /**
   * The text of a file; fails with what is wrong with it, in words.
   *
   * @param name with the ending that tells its kind
   * @param cancelled asked now and then in long files
   */
  ExtractedText load(String name, Path file, BooleanSupplier cancelled) {
    try {
      long bytes = Files.size(file);
      if (bytes > limits.maxFileBytes()) {
        throw new ProblemException(
            Kind.TOO_LARGE,
            "it has %d MiB; the limit is %d MiB (ingest.max-file-bytes)"
                .formatted(bytes >> 20, limits.maxFileBytes() >> 20));
      }
      if (bytes == 0) {
        throw new ProblemException(Kind.INVALID, "it is empty");
      }
      ExtractedText text =
          switch (ending(name)) {
            case "", "txt", "text" -> plain(TextDecoder.decode(Files.readAllBytes(file)));
            case "md", "markdown" -> markdown(TextDecoder.decode(Files.readAllBytes(file)));
            case "html", "htm", "xhtml" ->
                HtmlText.of(TextDecoder.decode(Files.readAllBytes(file)), "text/html");
            case "pdf" -> PdfText.of(file, limits.maxPages(), limits.maxCharacters(), cancelled);
            default ->
                throw new ProblemException(
                    Kind.INVALID,
                    "files that end in .%s cannot be read; supported: %s"
                        .formatted(ending(name), TYPES));
          };
      if (text.text().isBlank()) {
        throw new ProblemException(Kind.INVALID, "there is no text in it");
      }
      return text;
    } catch (IOException e) {
      throw new ProblemException(
          Kind.INVALID, "it cannot be read (%s)".formatted(e.getMessage()), e);
    }
  }

  private static ExtractedText plain(String text) {
    TextBuilder builder = new TextBuilder();
    for (String paragraph : PARAGRAPHS.split(text, -1)) {
      builder.paragraph(paragraph);
    }
    return new ExtractedText(null, "text/plain", builder.text(), List.of(), List.of());
  }

  private static ExtractedText markdown(String text) {
    String html = HtmlRenderer.builder().build().render(Parser.builder().build().parse(text));
    return HtmlText.of(html, "text/markdown");
  }

  private static String ending(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot < 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
