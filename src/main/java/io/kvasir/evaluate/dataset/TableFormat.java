package io.kvasir.evaluate.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** A table with a line of headings: comma-separated (RFC 4180), or with tabs. */
final class TableFormat implements DatasetFormat {
  @Override
  public String described() {
    return "a .csv or .tsv file with headings (question, answer, context …, or --columns)";
  }

  @Override
  public boolean reads(Path path) {
    String name = path.toString();
    return Files.isRegularFile(path) && (name.endsWith(".csv") || name.endsWith(".tsv"));
  }

  @Override
  public void read(Path path, ColumnMapping mapping, DatasetDraft draft) throws IOException {
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(path.toString().endsWith(".tsv") ? '\t' : ',')
            .setHeader()
            .setSkipHeaderRecord(true)
            .setIgnoreHeaderCase(true)
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (Reader reader = DatasetFile.reader(path, draft);
        CSVParser parser = parser(path, format, reader)) {
      List<String> headings = parser.getHeaderNames();
      if (headings.isEmpty()) {
        throw new ProblemException(
            ProblemException.Kind.INVALID,
            DatasetFile.named(path) + " is empty; its first line names its columns");
      }
      if (headings.stream().noneMatch(mapping.question()::equalsIgnoreCase)) {
        throw new ProblemException(
            ProblemException.Kind.INVALID,
            "%s has no column '%s' but %s; say which it is: question=COLUMN"
                .formatted(DatasetFile.named(path), mapping.question(), headings));
      }
      rows(path, parser, mapping, draft);
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw cause == null ? new IOException(e) : cause;
    }
  }

  private static CSVParser parser(Path path, CSVFormat format, Reader reader) throws IOException {
    try {
      return CSVParser.parse(reader, format);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          DatasetFile.named(path) + " has no usable headings: " + e.getMessage(),
          e);
    }
  }

  /** What is left of a line that cannot be read is no row. */
  private static void rows(Path path, CSVParser parser, ColumnMapping mapping, DatasetDraft draft) {
    Iterator<CSVRecord> records = parser.iterator();
    int columns = parser.getHeaderNames().size();
    int broken = 0;
    while (true) {
      Place place = Place.of(path, (int) parser.getCurrentLineNumber() + 1);
      try {
        if (!records.hasNext()) {
          return;
        }
        CSVRecord row = records.next();
        if (place.line() == broken) {
          continue;
        }
        if (row.size() == columns) {
          new TableRow(place, column -> value(row, column), column -> several(row, column))
              .addTo(draft, mapping);
        } else {
          draft.bad(
              place,
              "the row has %d columns, the headings %d; is a quotation mark missing?"
                  .formatted(row.size(), columns));
        }
      } catch (UncheckedIOException e) {
        if (!(e.getCause() instanceof CSVException malformed)) {
          throw e;
        }
        draft.bad(place, "the row cannot be read: " + malformed.getMessage());
        broken = (int) parser.getCurrentLineNumber() + 1;
      }
    }
  }

  private static List<String> value(CSVRecord row, String column) {
    return row.isSet(column) ? List.of(row.get(column)) : List.of();
  }

  /**
   * Several texts stand in one column with bars between them, or as a JSON array: the way to write
   * a text that has a bar in it.
   */
  private static List<String> several(CSVRecord row, String column) {
    String text = String.join("", value(row, column)).strip();
    if (text.startsWith("[")) {
      try {
        JsonNode array = JsonValues.MAPPER.readTree(text);
        if (array.isArray()) {
          return JsonValues.texts(array);
        }
      } catch (JsonProcessingException e) {
        return apart(text);
      }
    }
    return apart(text);
  }

  private static List<String> apart(String text) {
    return Arrays.stream(text.split("\\|", -1))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }
}
