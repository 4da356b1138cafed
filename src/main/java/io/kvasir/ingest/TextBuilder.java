package io.kvasir.ingest;

import io.kvasir.ingest.ExtractedText.Heading;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Collects paragraphs and headings into one text and remembers where headings are. */
final class TextBuilder {
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]+");

  // A line break between two Chinese characters or marks is no space.
  private static final Pattern CHINESE_BREAK =
      Pattern.compile(
          "(?<=[\\p{IsHan}，。；：！？、（）《》「」『』“”])[ \\t]*\\n[ \\t]*"
              + "(?=[\\p{IsHan}，。；：！？、（）《》「」『』“”])");

  private final StringBuilder text = new StringBuilder();
  private final List<Heading> headings = new ArrayList<>();

  /** Adds a paragraph as it is, without the space around it; nothing if there is nothing else. */
  void paragraph(String paragraph) {
    String stripped = paragraph.strip();
    if (!stripped.isEmpty()) {
      separate();
      text.append(stripped);
    }
  }

  /** Adds a heading. */
  void heading(int level, String heading) {
    String stripped = heading.strip();
    if (!stripped.isEmpty()) {
      separate();
      headings.add(new Heading(text.length(), text.length() + stripped.length(), level, stripped));
      text.append(stripped);
    }
  }

  /** Where the next paragraph will begin. */
  int next() {
    return text.isEmpty() ? 0 : text.length() + 2;
  }

  String text() {
    return text.toString();
  }

  List<Heading> headings() {
    return headings;
  }

  private void separate() {
    if (!text.isEmpty()) {
      text.append("\n\n");
    }
  }

  /** Lines run together into one, with single spaces. */
  static String oneLine(CharSequence lines) {
    String joined = CHINESE_BREAK.matcher(lines).replaceAll("");
    return SPACE.matcher(joined).replaceAll(" ").strip();
  }
}
