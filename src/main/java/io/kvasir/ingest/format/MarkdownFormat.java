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
  private static final FileType TYPE =
      new FileType("text/markdown", List.of("md", "markdown"), 3, "");

  private static final FrontMatter NO_FRONT_MATTER = new FrontMatter("", "", 0);

  @Override
  public FileType type() {
    return TYPE;
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
