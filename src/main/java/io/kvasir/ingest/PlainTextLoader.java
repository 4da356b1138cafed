package io.kvasir.ingest;

/** Reads plain text: paragraphs are what blank lines set apart. */
final class PlainTextLoader {
  private PlainTextLoader() {}

  static LoadedDocument load(byte[] bytes, DocumentDraft draft) {
    String text = TextDecoding.decode(bytes).replace("\r\n", "\n").replace('\r', '\n');
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
    return draft.finish("", FileKind.PLAIN_TEXT, null);
  }
}
