package io.kvasir.evaluate.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * A topic or a document of a collection for retrieval, however it is written: between tags ({@code
 * <top>}, {@code <DOC>}), in fields of a letter (CACM's {@code .I}, {@code .T}, {@code .W}), or on
 * a line with a tab.
 *
 * @param id its number
 * @param title of a topic: what is asked in short
 * @param text the rest
 * @param place where it begins
 */
record TrecRecord(String id, String title, String text, Place place) {
  private static final Pattern BEGIN = Pattern.compile("<(top|DOC)>", Pattern.CASE_INSENSITIVE);
  private static final Pattern END = Pattern.compile("</(top|DOC)>", Pattern.CASE_INSENSITIVE);
  private static final Pattern FIELD = Pattern.compile("\\.([A-Z])(?: +(\\S+))?\\s*");
  private static final Pattern NUMBER = field("num|DOCNO");
  private static final Pattern TITLE = field("title|HEADLINE");
  private static final Pattern TEXT = field("desc|TEXT");
  private static final Pattern TAG = Pattern.compile("</?[A-Za-z][^<>]{0,200}>");
  private static final Pattern LABEL =
      Pattern.compile("^\\s*(?:Number|Topic)\\s*:", Pattern.CASE_INSENSITIVE);

  /** A field goes to its end tag, or, as topics have it, to the next one that begins. */
  private static Pattern field(String names) {
    return Pattern.compile(
        "<(" + names + ")>(.*?)(?=</\\1>|<(?:num|title|desc|narr)>|\\z)",
        Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  }

  /** Gives the records of a file in order; a file that is written otherwise gives none. */
  static void read(Path path, DatasetDraft draft, Consumer<TrecRecord> found) throws IOException {
    try (DatasetFile file = DatasetFile.open(path, draft)) {
      String line = file.next();
      while (line != null && line.isBlank()) {
        line = file.next();
      }
      if (line == null) {
        return;
      }
      if (line.startsWith(".I")) {
        lettered(file, line, found);
      } else if (BEGIN.matcher(line).find()) {
        tagged(file, line, draft, found);
      } else if (line.contains("\t")) {
        tabbed(file, line, found);
      }
    }
  }

  private static void tabbed(DatasetFile file, String first, Consumer<TrecRecord> found)
      throws IOException {
    for (String line = first; line != null; line = file.next()) {
      int tab = line.indexOf('\t');
      if (tab > 0) {
        found.accept(
            new TrecRecord(
                line.substring(0, tab).strip(), "", line.substring(tab + 1), file.place()));
      }
    }
  }

  private static void tagged(
      DatasetFile file, String first, DatasetDraft draft, Consumer<TrecRecord> found)
      throws IOException {
    List<String> lines = new ArrayList<>();
    Place place = file.place();
    boolean inside = false;
    long length = 0;
    for (String line = first; line != null; line = file.next()) {
      if (BEGIN.matcher(line).find()) {
        if (inside) {
          draft.bad(place, "the record has no end before the next begins");
        }
        lines.clear();
        length = 0;
        place = file.place();
        inside = true;
      }
      length += line.length();
      if (length <= 2L * draft.limits().maxCharacters()) {
        lines.add(line);
      }
      if (inside && END.matcher(line).find()) {
        if (length <= 2L * draft.limits().maxCharacters()) {
          found.accept(between(String.join("\n", lines), place));
        } else {
          draft.bad(place, "the record has %,d characters, too many".formatted(length));
        }
        inside = false;
      }
    }
    if (inside) {
      draft.bad(place, "the record has no end");
    }
  }

  private static TrecRecord between(String record, Place place) {
    return new TrecRecord(
        unlabelled(NUMBER, record), unlabelled(TITLE, record), inside(TEXT, record), place);
  }

  private static String inside(Pattern field, String record) {
    Matcher matcher = field.matcher(record);
    List<String> texts = new ArrayList<>();
    while (matcher.find()) {
      String text = TAG.matcher(matcher.group(2)).replaceAll(" ");
      texts.add(Parser.unescapeEntities(text, false).strip());
    }
    return String.join("\n", texts);
  }

  /** Topics name their fields a second time: "Number: 301". */
  private static String unlabelled(Pattern field, String record) {
    return LABEL.matcher(inside(field, record)).replaceFirst("").strip();
  }

  private static void lettered(DatasetFile file, String first, Consumer<TrecRecord> found)
      throws IOException {
    String id = null;
    String field = "";
    Place place = file.place();
    StringBuilder title = new StringBuilder();
    StringBuilder text = new StringBuilder();
    for (String line = first; line != null; line = file.next()) {
      Matcher letter = FIELD.matcher(line);
      if (!letter.matches()) {
        StringBuilder into = field.equals("T") ? title : field.equals("W") ? text : null;
        if (into != null) {
          into.append(into.isEmpty() ? "" : "\n").append(line);
        }
        continue;
      }
      field = letter.group(1);
      if (field.equals("I")) {
        accept(id, title, text, place, found);
        id = letter.group(2);
        place = file.place();
      }
    }
    accept(id, title, text, place, found);
  }

  private static void accept(
      @Nullable String id,
      StringBuilder title,
      StringBuilder text,
      Place place,
      Consumer<TrecRecord> found) {
    if (id != null) {
      found.accept(
          new TrecRecord(
              id,
              title.toString().replaceAll("\\s+", " ").strip(),
              text.toString().strip(),
              place));
    }
    title.setLength(0);
    text.setLength(0);
  }
}
