package io.kvasir.ingest.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Knows where the end of a line is no space: between Chinese characters, also within a word. */
final class ChineseLines {
  private static final String CHINESE = "[\\p{IsHan}\u3000-\u303F\uFF00-\uFFEF]";
  private static final Pattern CHARACTER = Pattern.compile(CHINESE);
  private static final Pattern BROKEN =
      Pattern.compile("(?<=" + CHINESE + ")[ \\t]*\\n[ \\t]*(?=" + CHINESE + ")");

  private ChineseLines() {}

  /** Whether these two, with the end of a line between them, belong together. */
  static boolean isOne(char before, char after) {
    return before > 0x2E00 && after > 0x2E00 && isChinese(before) && isChinese(after);
  }

  /** The text with its Chinese lines joined. */
  static String joined(String text) {
    Matcher broken = BROKEN.matcher(text);
    return broken.replaceAll("");
  }

  private static boolean isChinese(char c) {
    return CHARACTER.matcher(String.valueOf(c)).matches();
  }
}
