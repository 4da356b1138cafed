package io.kvasir.ingest.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;

/**
 * Reads Markdown (CommonMark with tables) by way of HTML, so that both have one way to become text.
 */
final class MarkdownFormat implements DocumentFormat {
  private static final FrontMatter NO_FRONT_MATTER = new FrontMatter("", "", 0);

  @Override
  public String mediaType() {
    return "text/markdown";
  }

  @Override
  public List<String> extensions() {
    return List.of("md", "markdown");
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
    return false;
  }

  @Override
  public LoadedDocument load(Path file, DocumentDraft draft) throws IOException {
    HtmlFormat.checkSize(file);
    String text =
        TextDecoding.decode(Files.readAllBytes(file), draft::note)
            .replace("\r\n", "\n")
            .replace('\r', '\n');
    FrontMatter front = FrontMatter.of(text).orElse(NO_FRONT_MATTER);
    draft.block(front.settings());
    HtmlText html = new HtmlText(draft);
    html.read(Jsoup.parse(MarkdownHtml.of(text.substring(front.length()))).body());
    return draft.finish(front.title().isEmpty() ? html.firstHeading() : front.title(), null);
  }
}
