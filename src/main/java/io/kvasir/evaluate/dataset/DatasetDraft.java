package io.kvasir.evaluate.dataset;

import io.kvasir.core.ProblemException;
import io.kvasir.encode.Languages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A dataset while its file is read: it counts, refuses what cannot be used, and goes on. */
final class DatasetDraft {
  private static final int NAMED_ID = 80;
  private static final int NAMED_REASON = 300;

  private final DatasetLimits limits;
  private final Map<String, SourceDocument> documents = new LinkedHashMap<>();
  private final Map<String, LabelledQuestion> questions = new LinkedHashMap<>();
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final List<BadRecord> bad = new ArrayList<>();
  private int unnamed;

  DatasetDraft(DatasetLimits limits) {
    this.limits = limits;
  }

  DatasetLimits limits() {
    return limits;
  }

  /** Notes a record that cannot be used. */
  void bad(Place place, String reason) {
    if (bad.size() < limits.maxBadRecords()) {
      bad.add(new BadRecord(place.file(), place.line(), shortened(reason, NAMED_REASON)));
    } else {
      unnamed++;
    }
  }

  /**
   * A text without an id of its own: equal texts are one document, whose id is the same wherever it
   * is read.
   *
   * @return its id; null if it cannot be used
   */
  @Nullable String context(String title, String text, Place place) {
    String id = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    return documents.containsKey(id) || document(id, title, text, place) ? id : null;
  }

  /** Whether the same text is there under this id. */
  boolean has(String id, String text) {
    SourceDocument there = documents.get(id);
    return there != null && there.text().equals(text);
  }

  /** A document; false if it cannot be used. */
  boolean document(String id, String title, String text, Place place) {
    return document(new SourceDocument(id, title.strip(), text), place);
  }

  /** A document; false if it cannot be used. */
  boolean document(SourceDocument document, Place place) {
    String id = document.id();
    String fields = document.fields();
    String refused =
        id.isBlank()
            ? "has no id"
            : document.title().isBlank() && document.text().isBlank()
                ? "has no text"
                : unusable(id, document.title(), document.text(), fields == null ? "" : fields);
    if (refused == null && documents.containsKey(id)) {
      refused = "has an id that was there before: " + shortened(id);
    }
    if (refused != null) {
      bad(place, "the document " + refused);
      return false;
    }
    limits.checkRecords(documents.size() + questions.size() + 1);
    documents.put(id, document);
    return true;
  }

  /** A question; what is judged relevant to it may be read later. */
  void question(LabelledQuestion question, Place place) {
    List<String> texts = new ArrayList<>(question.answers());
    texts.add(question.id());
    texts.add(question.text());
    String refused =
        question.text().isBlank() ? "has no text" : unusable(texts.toArray(String[]::new));
    if (refused == null && questions.containsKey(question.id())) {
      refused = "has an id that was there before: " + shortened(question.id());
    } else if (refused == null
        && question.answerable()
        && question.answers().isEmpty()
        && question.relevant().isEmpty()) {
      refused = "has neither an answer nor a document, and is not said to be unanswerable";
    }
    if (refused != null) {
      bad(place, "the question " + refused);
      return;
    }
    limits.checkRecords(documents.size() + questions.size() + 1);
    questions.put(question.id(), question);
    places.put(question.id(), place);
  }

  /** PostgreSQL stores no NUL, and half a character is none. */
  private @Nullable String unusable(String... texts) {
    for (String text : texts) {
      if (text.length() > limits.maxCharacters()) {
        return "has %,d characters; it may have %,d"
            .formatted(text.length(), limits.maxCharacters());
      }
      if (text.indexOf('\0') >= 0) {
        return "has a character of code 0 in it";
      }
      if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
        return "has half a character in it (an unpaired surrogate)";
      }
    }
    return null;
  }

  private static String shortened(String id) {
    return shortened(id, NAMED_ID);
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  /** What was read, named after its file; what is judged relevant and not there is bad. */
  Dataset finish(Path path) {
    List<LabelledQuestion> kept = new ArrayList<>();
    questions.forEach((id, question) -> addKnown(question, kept));
    if (kept.isEmpty()) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          DatasetFile.named(path)
              + " has no question that can be asked"
              + (bad.isEmpty() ? "." : "; the first bad record: " + bad.get(0)));
    }
    if (unnamed > 0) {
      bad.add(new BadRecord("", 0, "%,d more records are bad".formatted(unnamed)));
    }
    String asked =
        kept.stream()
            .limit(Languages.MAX_CHARACTERS)
            .map(LabelledQuestion::text)
            .collect(Collectors.joining("\n"));
    return new Dataset(
        DatasetFile.named(path),
        Languages.detect(asked),
        List.copyOf(documents.values()),
        kept,
        bad);
  }

  private void addKnown(LabelledQuestion question, List<LabelledQuestion> kept) {
    Map<String, Integer> known = new LinkedHashMap<>(question.relevant());
    known.keySet().retainAll(documents.keySet());
    Place place = places.getOrDefault(question.id(), new Place("", 0));
    for (String id : question.relevant().keySet()) {
      if (!known.containsKey(id)) {
        bad(
            place,
            "the question %s is answered by a document that is not there: %s"
                .formatted(shortened(question.id()), shortened(id)));
      }
    }
    if (!known.isEmpty() || !question.answers().isEmpty() || !question.answerable()) {
      kept.add(
          new LabelledQuestion(
              question.id(), question.text(), question.answers(), question.answerable(), known));
    }
  }
}
