package io.kvasir.ingest.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads records as lines of JSON, an object each: a text, and fields beside it. */
final class JsonLinesFormat implements DocumentFormat {
  private static final FileType TYPE =
      new FileType("application/jsonl", List.of("jsonl", "ndjson"), 1, "");
  private static final ObjectReader JSON =
      new JsonMapper().reader(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @Override
  public FileType type() {
    return TYPE;
  }

  @Override
  public LoadedDocument load(Path file, DocumentDraft draft) throws IOException {
    String text = TextDecoding.decode(Files.readAllBytes(file), draft::note);
    RecordDraft records = new RecordDraft(draft);
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (!line.isBlank()) {
        records.add(object(line, number));
      }
    }
    return draft.finish("", null);
  }

  private static ObjectNode object(String line, int number) {
    try {
      JsonNode record = JSON.readTree(line);
      if (record instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException malformed) {
      throw new ProblemException(
          Kind.INVALID,
          "line %d is no JSON: %s; write one object a line"
              .formatted(number, malformed.getOriginalMessage()),
          malformed);
    }
    throw new ProblemException(
        Kind.INVALID, "line %d is no JSON object; write one a line".formatted(number));
  }
}
