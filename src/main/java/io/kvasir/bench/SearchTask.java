package io.kvasir.bench;

import io.kvasir.core.DocumentCollection;
import io.kvasir.core.Passage;
import io.kvasir.encode.Languages;
import io.kvasir.evaluate.QuestionSet;
import io.kvasir.evaluate.QuestionSet.Labelled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Questions over sections of text, each with the section that answers it.
 *
 * @param name of where they come from
 * @param language of both
 * @param passages what is searched; several can be of one section
 * @param questions what is asked
 */
record SearchTask(
    String name, String language, List<SectionPassage> passages, List<SectionQuestion> questions) {
  /**
   * A passage of a section.
   *
   * @param document its document
   * @param section what the section is told from others by
   * @param text what is searched
   */
  record SectionPassage(String document, String section, String text) {}

  /**
   * A question.
   *
   * @param text what is asked
   * @param section the one that answers it
   */
  record SectionQuestion(String text, String section) {}

  /**
   * Of a collection whose headings are questions: every such heading is asked. Headings are left
   * out of the passages, or every question would find itself.
   */
  static SearchTask of(DocumentCollection collection, List<Passage> passages) {
    List<SectionQuestion> questions = new ArrayList<>();
    HeadingQuestions.of(passages)
        .forEach((heading, question) -> questions.add(new SectionQuestion(question, heading)));
    return new SearchTask(
        collection.name(),
        collection.language(),
        passages.stream()
            .map(each -> new SectionPassage(each.document(), each.heading(), each.value()))
            .toList(),
        questions);
  }

  /** Of labelled questions: their paragraphs, each a section and a passage. */
  static SearchTask of(String name, QuestionSet set) {
    Map<String, SectionPassage> paragraphs = new LinkedHashMap<>();
    List<SectionQuestion> questions = new ArrayList<>();
    for (Labelled each : set.questions()) {
      SectionPassage passage =
          paragraphs.computeIfAbsent(
              each.paragraph(),
              text ->
                  new SectionPassage(each.title(), "paragraph " + (paragraphs.size() + 1), text));
      questions.add(new SectionQuestion(each.question(), passage.section()));
    }
    String language = Languages.detect(String.join("\n", paragraphs.keySet()));
    return new SearchTask(name, language, List.copyOf(paragraphs.values()), questions);
  }

  /** Every second question: from the first for choosing, from the second for reporting. */
  List<SectionQuestion> half(boolean reporting) {
    List<SectionQuestion> half = new ArrayList<>();
    for (int i = reporting ? 1 : 0; i < questions.size(); i += 2) {
      half.add(questions.get(i));
    }
    return half;
  }
}
