package io.kvasir.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes passages of records: one under a heading each, found by its text and kept with its fields.
 * The text is the field called so; of a record without one, all that its fields say.
 */
final class RecordDraft {
  private static final List<String> TEXT =
      List.of("text", "body", "content", "sentence", "description", "文本", "正文", "内容", "描述");
  private static final List<String> LABEL = List.of("title", "name", "标题", "名称", "id", "_id");

  /** Where the fields are that stand beside a text and are not spread over the record. */
  private static final List<String> NESTED = List.of("fields", "metadata");

  private final DocumentDraft draft;
  private int records;

  /** Records that become passages of this draft. */
  RecordDraft(DocumentDraft draft) {
    this.draft = draft;
  }

  /** Adds a record; one that says nothing is left out. */
  void add(ObjectNode record) {
    records++;
    Optional<String> text = first(record, TEXT);
    ObjectNode fields = fields(record, text);
    String words = text.map(name -> record.path(name).asText()).orElseGet(() -> sentences(fields));
    if (words.isBlank()) {
      return;
    }
    String label =
        first(record, LABEL)
            .map(name -> record.path(name).asText().replaceAll("\\s+", " ").strip())
            .filter(named -> named.length() <= DocumentDraft.MAX_HEADING_CHARACTERS)
            .orElse("#" + records);
    draft.under(1, label);
    draft.record(words, fields.isEmpty() ? null : fields.toString());
  }

  private static ObjectNode fields(ObjectNode record, Optional<String> text) {
    for (String name : NESTED) {
      if (record.path(name) instanceof ObjectNode nested && !nested.isEmpty()) {
        return nested;
      }
    }
    ObjectNode fields = record.deepCopy();
    text.ifPresent(fields::remove);
    NESTED.forEach(fields::remove);
    fields.properties().removeIf(field -> isEmpty(field.getValue()));
    return fields;
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isNull() || (value.isTextual() && value.asText().isBlank());
  }

  private static String sentences(ObjectNode fields) {
    return fields.properties().stream()
        .map(field -> field.getKey() + ": " + said(field.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String said(JsonNode value) {
    return value.isValueNode() ? value.asText() : value.toString();
  }

  /** The name, as the record writes it, of the first of these that it has and says something. */
  private static Optional<String> first(ObjectNode record, List<String> names) {
    for (String name : names) {
      for (Map.Entry<String, JsonNode> field : record.properties()) {
        JsonNode value = field.getValue();
        if (field.getKey().strip().toLowerCase(Locale.ROOT).equals(name)
            && value.isValueNode()
            && !isEmpty(value)) {
          return Optional.of(field.getKey());
        }
      }
    }
    return Optional.empty();
  }
}
