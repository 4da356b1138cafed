package io.kvasir.evaluate.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An article of a file in SQuAD's format, while it is read: its title may come after its
 * paragraphs, and a paragraph's text after its questions.
 */
final class SquadArticle {
  private record Asked(Place place, JsonNode question) {}

  /** A paragraph and what is asked about it. */
  static final class Paragraph {
    private final Place place;
    private final List<Asked> asked = new ArrayList<>();
    private @Nullable String context;

    private Paragraph(Place place) {
      this.place = place;
    }

    void context(String text) {
      context = text;
    }

    void question(Place where, JsonNode question) {
      asked.add(new Asked(where, question));
    }
  }

  private final DatasetDraft draft;
  private final List<Paragraph> paragraphs = new ArrayList<>();
  private String title = "";

  SquadArticle(DatasetDraft draft) {
    this.draft = draft;
  }

  void title(String text) {
    title = text.replace('_', ' ');
  }

  Paragraph paragraph(Place place) {
    Paragraph paragraph = new Paragraph(place);
    paragraphs.add(paragraph);
    return paragraph;
  }

  void finish() {
    for (Paragraph paragraph : paragraphs) {
      String context = paragraph.context;
      if (context == null) {
        if (!paragraph.asked.isEmpty() || paragraph != paragraphs.get(0)) {
          draft.bad(paragraph.place, "the paragraph has no context, so it answers nothing");
        }
        continue;
      }
      String document = draft.context(title, context, paragraph.place);
      if (document != null) {
        paragraph.asked.forEach(asked -> add(asked, document));
      }
    }
  }

  private void add(Asked asked, String document) {
    JsonNode question = asked.question();
    JsonNode impossible = question.path("is_impossible");
    if (!question.isObject() || !(impossible.isBoolean() || impossible.isMissingNode())) {
      draft.bad(
          asked.place(),
          question.isObject()
              ? "is_impossible is neither true nor false"
              : "the question is no JSON object");
      return;
    }
    List<String> answers =
        impossible.asBoolean() ? List.of() : JsonValues.texts(question.path("answers"));
    String id = JsonValues.text(question, "id", "query_id");
    if (id.isBlank()) {
      draft.bad(asked.place(), "the question has no id");
    } else if (answers.isEmpty() && !impossible.asBoolean()) {
      draft.bad(
          asked.place(), "the question %s has no answers and is not is_impossible".formatted(id));
    } else {
      draft.question(
          new LabelledQuestion(
              id,
              JsonValues.text(question, "question", "query_text").strip(),
              answers,
              !impossible.asBoolean(),
              Map.of(document, 1)),
          asked.place());
    }
  }
}
