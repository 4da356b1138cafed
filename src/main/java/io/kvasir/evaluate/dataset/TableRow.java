package io.kvasir.evaluate.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table, or a line of JSON, as a question with what answers it, or as a text alone.
 *
 * @param place where it stands
 * @param one what a column holds that can hold one text: that, or none
 * @param several what a column holds that can hold several texts, none of them blank
 */
record TableRow(
    Place place, Function<String, List<String>> one, Function<String, List<String>> several) {
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
    List<String> documents = several.apply(mapping.document());
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
            answerable ? several.apply(mapping.answer()) : List.of(),
            answerable,
            relevant),
        place);
  }

  private String single(String column) {
    List<String> texts = one.apply(column);
    return texts.isEmpty() ? "" : texts.get(0).strip();
  }
}
