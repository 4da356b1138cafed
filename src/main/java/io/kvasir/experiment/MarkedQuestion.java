package io.kvasir.experiment;

import io.kvasir.core.ProblemException;
import io.kvasir.encode.Languages;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.evaluate.dataset.SourceDocument;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A question of which somebody said at a contrast what should have been answered, or from which
 * passage.
 *
 * @param id follows from the text
 * @param createdAt when it was marked first
 * @param text what was asked
 * @param answers that are right
 * @param passages what was found or read for it, those that answer among them
 */
public record MarkedQuestion(
    String id, Instant createdAt, String text, List<String> answers, List<MarkedPassage> passages) {
  /** What their dataset is called. */
  private static final String NAME = "marked";

  /**
   * A passage that was found or read.
   *
   * @param document the document's name
   * @param title the document's title
   * @param text the passage
   * @param expected whether somebody said that it answers
   */
  public record MarkedPassage(String document, String title, String text, boolean expected) {
    /** Equal texts are one document of a dataset. */
    public String id() {
      return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
  }

  public MarkedQuestion {
    answers = List.copyOf(answers);
    passages = List.copyOf(passages);
  }

  /** The id of a question with this text. */
  static String id(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Both marks together; what was marked first comes first. */
  public MarkedQuestion and(MarkedQuestion later) {
    Set<String> said = new LinkedHashSet<>(answers);
    said.addAll(later.answers);
    Map<String, MarkedPassage> found = new LinkedHashMap<>();
    List<MarkedPassage> all = new ArrayList<>(passages);
    all.addAll(later.passages);
    for (MarkedPassage each : all) {
      found.merge(each.id(), each, (one, other) -> one.expected() ? one : other);
    }
    return new MarkedQuestion(id, createdAt, text, List.copyOf(said), List.copyOf(found.values()));
  }

  /**
   * Marked questions as a dataset: all their passages are searched, and those that were said to
   * answer are relevant.
   *
   * @throws ProblemException INVALID if there are none
   */
  static Dataset dataset(List<MarkedQuestion> marked) {
    if (marked.isEmpty()) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "no question is marked; at a contrast, say which answer or which passage was expected");
    }
    Map<String, SourceDocument> documents = new LinkedHashMap<>();
    List<LabelledQuestion> questions = new ArrayList<>();
    for (MarkedQuestion question : marked) {
      Map<String, Integer> relevant = new LinkedHashMap<>();
      for (MarkedPassage passage : question.passages()) {
        String id = passage.id();
        documents.putIfAbsent(id, new SourceDocument(id, passage.title(), passage.text()));
        if (passage.expected()) {
          relevant.put(id, 1);
        }
      }
      questions.add(
          new LabelledQuestion(question.id(), question.text(), question.answers(), true, relevant));
    }
    String asked =
        marked.stream()
            .limit(Languages.MAX_CHARACTERS)
            .map(MarkedQuestion::text)
            .collect(Collectors.joining("\n"));
    return new Dataset(
        NAME, Languages.detect(asked), List.copyOf(documents.values()), questions, List.of());
  }
}
