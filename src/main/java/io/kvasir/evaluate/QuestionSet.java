package io.kvasir.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Labelled questions in SQuAD's format: each with the paragraph that answers it.
 *
 * @param questions the answerable ones, in the file's order
 */
public record QuestionSet(List<Labelled> questions) {
  /**
   * A question whose answer is known.
   *
   * @param id its identifier
   * @param title the article
   * @param paragraph the paragraph that holds the answer
   * @param question the text
   * @param answers gold answers, at least one
   */
  public record Labelled(
      String id, String title, String paragraph, String question, List<String> answers) {}

  public QuestionSet {
    questions = List.copyOf(questions);
  }

  /**
   * Reads a file.
   *
   * @throws ProblemException INVALID if it is no such file
   */
  public static QuestionSet read(Path file) {
    List<Labelled> questions = new ArrayList<>();
    try {
      for (JsonNode article : new ObjectMapper().readTree(file.toFile()).path("data")) {
        for (JsonNode paragraph : article.path("paragraphs")) {
          for (JsonNode question : paragraph.path("qas")) {
            add(questions, article, paragraph, question);
          }
        }
      }
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID, file + " cannot be read as JSON: " + e.getMessage(), e);
    }
    if (questions.isEmpty()) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          file + " has no answerable questions in SQuAD's format (data, paragraphs, qas)");
    }
    return new QuestionSet(questions);
  }

  private static void add(
      List<Labelled> questions, JsonNode article, JsonNode paragraph, JsonNode question) {
    List<String> answers = new ArrayList<>();
    question.path("answers").forEach(answer -> answers.add(answer.path("text").asText()));
    if (!answers.isEmpty()) {
      questions.add(
          new Labelled(
              question.path("id").asText(),
              article.path("title").asText().replace('_', ' '),
              paragraph.path("context").asText(),
              question.path("question").asText(),
              answers));
    }
  }

  /** Every second question: from the first for choosing, from the second for reporting. */
  public QuestionSet half(boolean reporting) {
    List<Labelled> half = new ArrayList<>();
    for (int i = reporting ? 1 : 0; i < questions.size(); i += 2) {
      half.add(questions.get(i));
    }
    return new QuestionSet(half);
  }

  /** The first ones, at most so many. */
  public QuestionSet first(int count) {
    return new QuestionSet(questions.subList(0, Math.max(0, Math.min(count, questions.size()))));
  }
}
