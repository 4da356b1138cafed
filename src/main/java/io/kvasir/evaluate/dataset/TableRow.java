package io.kvasir.evaluate.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table, or a line of JSON, as a question with what answers it, or as a text alone.
 *
 * @param place where it stands
 * @param values what a column holds: one text, several, or none
 */
record TableRow(Place place, Function<String, List<String>> values) {
  /** Adds what the row says. */
  void addTo(DatasetDraft draft, ColumnMapping mapping) {
    String question = single(mapping.question());
    String context = single(mapping.context());
    if (question.isEmpty() && context.isEmpty()) {
      draft.bad(
          place, "there is neither a %s nor a %s".formatted(mapping.question(), mapping.context()));
      return;
    }
    Map<String, Integer> relevant = new LinkedHashMap<>();
    List<String> documents = several(mapping.document());
    if (context.isEmpty()) {
      documents.forEach(id -> relevant.put(id, 1));
    } else {
      String document = document(draft, documents, single(mapping.title()), context);
      if (document == null) {
        return;
      }
      relevant.put(document, 1);
    }
    if (!question.isEmpty()) {
      ask(draft, mapping, question, relevant);
    }
  }

  private @Nullable String document(
      DatasetDraft draft, List<String> ids, String title, String context) {
    if (ids.isEmpty()) {
      return draft.context(title, context, place);
    }
    String id = ids.get(0);
    return draft.has(id, context) || draft.document(id, title, context, place) ? id : null;
  }

  private void ask(
      DatasetDraft draft, ColumnMapping mapping, String question, Map<String, Integer> relevant) {
    String said = single(mapping.answerable());
    Boolean answerable = said.isEmpty() ? Boolean.TRUE : JsonValues.truth(said);
    if (answerable == null) {
      draft.bad(place, "%s is '%s', neither true nor false".formatted(mapping.answerable(), said));
      return;
    }
    String id = single(mapping.id());
    draft.question(
        new LabelledQuestion(
            id.isEmpty() ? place.file() + ":" + place.line() : id,
            question,
            answerable ? several(mapping.answer()) : List.of(),
            answerable,
            relevant),
        place);
  }

  private String single(String column) {
    List<String> texts = values.apply(column);
    return texts.isEmpty() ? "" : texts.get(0).strip();
  }

  /** Several texts stand in one column as a JSON array, or with bars between them. */
  private List<String> several(String column) {
    List<String> texts = values.apply(column);
    if (texts.size() != 1) {
      return texts;
    }
    String text = texts.get(0).strip();
    if (text.startsWith("[")) {
      try {
        JsonNode array = JsonValues.MAPPER.readTree(text);
        if (array.isArray()) {
          return JsonValues.texts(array);
        }
      } catch (JsonProcessingException e) {
        return split(text);
      }
    }
    return split(text);
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split("\\|", -1))
        .map(String::strip)
        .filter(each -> !each.isEmpty())
        .toList();
  }
}
