package io.kvasir.evaluate.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One JSON object a line, its fields called as the columns of a table are. */
final class JsonLinesFormat implements DatasetFormat {
  @Override
  public String described() {
    return "a .jsonl file with such fields";
  }

  @Override
  public boolean reads(Path path) {
    String name = path.toString();
    return Files.isRegularFile(path) && (name.endsWith(".jsonl") || name.endsWith(".ndjson"));
  }

  @Override
  public void read(Path path, ColumnMapping mapping, DatasetDraft draft) throws IOException {
    try (DatasetFile file = DatasetFile.open(path, draft)) {
      for (String line = file.next(); line != null; line = file.next()) {
        JsonNode record = line.isBlank() ? null : JsonValues.object(line, file.place(), draft);
        if (record != null) {
          new TableRow(
                  file.place(),
                  column -> values(record.path(column)),
                  column -> several(record.path(column)))
              .addTo(draft, mapping);
        }
      }
    }
  }

  private static List<String> values(JsonNode value) {
    return value.isBoolean() ? List.of(value.asText()) : JsonValues.texts(value);
  }

  /** A text is one, whatever signs are in it; an array holds several. */
  private static List<String> several(JsonNode value) {
    return values(value).stream().map(String::strip).filter(each -> !each.isEmpty()).toList();
  }
}
