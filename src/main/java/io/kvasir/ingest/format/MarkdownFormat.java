package io.kvasir.ingest.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;

/**
 * Reads Markdown (CommonMark with tables) by way of HTML, so that both have one way to become text.
 */
final class MarkdownFormat implements DocumentFormat {
  private static final int MAX_NESTING = 100;

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
  private static final Parser PARSER =
      Parser.builder()
          .extensions(EXTENSIONS)
          .maxOpenBlockParsers(MAX_NESTING)
          .maxInlineNesting(MAX_NESTING)
          .build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(EXTENSIONS).build();

  // Settings in front of the text, which CommonMark would take for a heading.
  private static final Pattern FRONT_MATTER =
      Pattern.compile(
          "\\A---[ \\t]*\\n(.*?)\\n(?:---|\\.\\.\\.)[ \\t]*(?:\\n|\\z)", Pattern.DOTALL);
  private static final Pattern TITLE =
      Pattern.compile("^title:[ \\t]*[\"']?(.*?)[\"']?[ \\t]*$", Pattern.MULTILINE);

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
  public LoadedDocument load(Path file, DocumentDraft draft, Runnable check) throws IOException {
    HtmlFormat.checkSize(file);
    String text =
        TextDecoding.decode(Files.readAllBytes(file), draft::note).replace("\r\n", "\n").replace('\r', '\n');
    String title = "";
    Matcher front = FRONT_MATTER.matcher(text);
    if (front.find()) {
      draft.block(front.group(1));
      Matcher named = TITLE.matcher(front.group(1));
      title = named.find() ? named.group(1) : "";
      text = text.substring(front.end());
    }
    HtmlText html = new HtmlText(draft);
    html.read(Jsoup.parse(RENDERER.render(PARSER.parse(text))).body());
    return draft.finish(title.isEmpty() ? html.firstHeading() : title, null);
  }
}
