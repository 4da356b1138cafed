package io.kvasir.ingest.format;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/** Reads a table with a line of headings (RFC 4180, or with tabs): a record a row. */
final class TableFormat implements DocumentFormat {
  // Not a number where writing it as one would lose something: 007, +1, 1e3.
  private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{1,9})?");

  private final FileType type;
  private final char delimiter;

  private TableFormat(FileType type, char delimiter) {
    this.type = type;
    this.delimiter = delimiter;
  }

  static TableFormat commas() {
    return new TableFormat(new FileType("text/csv", List.of("csv"), 1, ""), ',');
  }

  static TableFormat tabs() {
    return new TableFormat(new FileType("text/tab-separated-values", List.of("tsv"), 1, ""), '\t');
  }

  @Override
  public FileType type() {
    return type;
  }

  @Override
  public LoadedDocument load(Path file, DocumentDraft draft) throws IOException {
    String text = TextDecoding.decode(Files.readAllBytes(file), draft::note);
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(delimiter)
            .setHeader()
            .setSkipHeaderRecord(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      RecordDraft records = new RecordDraft(draft);
      List<String> headings = parser.getHeaderNames();
      for (CSVRecord row : parser) {
        records.add(record(row, headings));
      }
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Kind.INVALID, "has no usable headings: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CSVException malformed) {
        throw new ProblemException(
            Kind.INVALID, "a row cannot be read: " + malformed.getMessage(), malformed);
      }
      throw e;
    }
    return draft.finish("", null);
  }

  private static ObjectNode record(CSVRecord row, List<String> headings) {
    if (row.size() != headings.size()) {
      throw new ProblemException(
          Kind.INVALID,
          "row %d has %d columns, the headings %d; is a quotation mark missing?"
              .formatted(row.getRecordNumber(), row.size(), headings.size()));
    }
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    for (int column = 0; column < headings.size(); column++) {
      String value = row.get(column);
      if (NUMBER.matcher(value).matches()) {
        record.put(headings.get(column), new BigDecimal(value));
      } else {
        record.put(headings.get(column), value);
      }
    }
    return record;
  }
}
