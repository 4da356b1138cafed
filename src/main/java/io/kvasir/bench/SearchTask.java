package io.kvasir.bench;

import io.kvasir.core.DocumentCollection;
import io.kvasir.core.Passage;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import java.util.ArrayList;
import java.util.List;

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
  static SearchTask of(Dataset set) {
    List<SectionQuestion> questions = new ArrayList<>();
    for (LabelledQuestion each : set.questions()) {
      String document = Dataset.best(each);
      if (document != null) {
        questions.add(new SectionQuestion(each.text(), document));
      }
    }
    return new SearchTask(
        set.name(),
        set.language(),
        set.documents().stream()
            .map(each -> new SectionPassage(each.title(), each.id(), each.text()))
            .toList(),
        questions);
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
