package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.ingest.format.LoadedDocument.Block;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Collects a document's blocks while a loader reads it, and keeps track of the headings. */
final class DocumentDraft {
  /** A longer "heading" is a paragraph that somebody made large. */
  static final int MAX_HEADING_CHARACTERS = 300;

  /** A longer title is cut; it is only a label. */
  static final int MAX_TITLE_CHARACTERS = 300;

  // What PostgreSQL's text and JSON cannot hold, and what no reader sees; tab and line feed stay.
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\n\\t]]");

  private final StringBuilder text = new StringBuilder();
  private final List<Block> blocks = new ArrayList<>();
  private final List<String> headings = new ArrayList<>();
  private final List<Integer> levels = new ArrayList<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private final DocumentFormat format;
  private final DocumentLimits limits;
  private @Nullable Integer page;

  /** An empty one that takes so much at the most. */
  DocumentDraft(DocumentFormat format, DocumentLimits limits) {
    this.format = format;
    this.limits = limits;
  }

  /** How much of a file is read. */
  DocumentLimits limits() {
    return limits;
  }

  /** Says once what had to be assumed or left out, in a sentence. */
  void note(String sentence) {
    notes.add(sentence);
  }

  /** The page of what follows, from 1. */
  void page(int number) {
    page = number;
  }

  /** Adds a heading; what follows is under it. */
  void heading(int level, String words) {
    String clean = clean(words).replaceAll("\\s+", " ").strip();
    if (clean.isEmpty()) {
      return;
    }
    if (clean.length() > MAX_HEADING_CHARACTERS) {
      block(clean);
      return;
    }
    under(level, clean);
    append(clean, "\n\n", level, null);
  }

  /** Sets the heading of what follows without writing it into the text. */
  void under(int level, String words) {
    while (!levels.isEmpty() && levels.get(levels.size() - 1) >= level) {
      levels.remove(levels.size() - 1);
      headings.remove(headings.size() - 1);
    }
    levels.add(level);
    headings.add(words.replace(LoadedDocument.HEADING_SEPARATOR, " > "));
  }

  /** Adds a paragraph or listing, set apart by an empty line. */
  void block(String words) {
    append(clean(words), "\n\n", 0, null);
  }

  /** Adds a record: its words, and its fields as a JSON object; null if it has none. */
  void record(String words, @Nullable String fields) {
    append(clean(words), "\n\n", 0, fields);
  }

  /** Adds a line that belongs to the one before, such as a list item or table row. */
  void line(String words) {
    append(clean(words), "\n", 0, null);
  }

  /**
   * The document.
   *
   * @throws ProblemException INVALID if it has no text
   */
  LoadedDocument finish(String title, @Nullable Integer pages) {
    if (blocks.isEmpty()) {
      throw new ProblemException(
          Kind.INVALID,
          pages != null
              ? "has no text; if its pages are scanned, run them through text recognition (OCR) first"
              : "has no text");
    }
    String label = clean(title).replaceAll("\\s+", " ").strip();
    return new LoadedDocument(
        label.length() > MAX_TITLE_CHARACTERS
            ? label.substring(0, label.offsetByCodePoints(0, MAX_TITLE_CHARACTERS / 2))
            : label,
        format.type().mediaType(),
        format.type().version(),
        pages,
        text.toString(),
        blocks,
        List.copyOf(notes));
  }

  /** Fails with TOO_LARGE if a document may not have so many characters. */
  void checkLength(long characters) {
    if (characters > limits.maxCharacters()) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "has a text of more than %d characters, which is more than ingest.max-passages passages; split it"
              .formatted(limits.maxCharacters()));
    }
  }

  private void append(String words, String separator, int level, @Nullable String fields) {
    String stripped = stripBlankLines(words);
    if (stripped.isBlank()) {
      return;
    }
    if (!text.isEmpty()) {
      text.append(separator);
    }
    int start = text.length();
    checkLength((long) start + stripped.length());
    text.append(stripped);
    blocks.add(new Block(start, text.length(), level, headings, page, fields));
  }

  /** Keeps the indentation of the first line, which means something in listings. */
  private static String stripBlankLines(String words) {
    String stripped = words.stripTrailing();
    int first = 0;
    for (int i = 0; i < stripped.length() && Character.isWhitespace(stripped.charAt(i)); i++) {
      if (stripped.charAt(i) == '\n') {
        first = i + 1;
      }
    }
    return stripped.substring(first);
  }

  private static String clean(String words) {
    String lines = words.replace("\r\n", "\n").replace('\r', '\n').replace('\f', '\n');
    return UNPRINTABLE.matcher(lines).replaceAll(" ");
  }
}
