package io.kvasir.ingest.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads plain text: paragraphs are what blank lines set apart. */
final class PlainTextFormat implements DocumentFormat {
  private static final FileType TYPE = new FileType("text/plain", List.of("txt", "text"), 3, "");

  @Override
  public FileType type() {
    return TYPE;
  }

  @Override
  public LoadedDocument load(Path file, DocumentDraft draft) throws IOException {
    String text =
        TextDecoding.decode(Files.readAllBytes(file), draft::note)
            .replace("\r\n", "\n")
            .replace('\r', '\n');
    int paragraph = -1;
    int line = 0;
    while (line < text.length()) {
      int feed = text.indexOf('\n', line);
      int next = feed < 0 ? text.length() : feed + 1;
      boolean blank = text.substring(line, next).isBlank();
      if (blank && paragraph >= 0) {
        draft.block(text.substring(paragraph, line));
        paragraph = -1;
      } else if (!blank && paragraph < 0) {
        paragraph = line;
      }
      line = next;
    }
    if (paragraph >= 0) {
      draft.block(text.substring(paragraph));
    }
    return draft.finish("", null);
  }
}
