package io.kvasir.evaluate.dataset;

import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** A collection whose headings are questions as a dataset: each section answers its own. */
public final class SectionQuestions {
  private static final String SEPARATOR = " › ";
  private static final Pattern NUMBER = Pattern.compile("^(?:[\\p{IsHan}]*\\s*[0-9]+[.0-9]*\\s*)+");

  private SectionQuestions() {}

  /**
   * The questions of some passages: heading paths whose last heading is a question, with that
   * question, without its number.
   */
  public static Map<String, String> of(List<Passage> passages) {
    Map<String, String> questions = new LinkedHashMap<>();
    for (Passage passage : passages) {
      String heading = passage.heading();
      String last =
          heading.substring(Math.max(0, heading.lastIndexOf(SEPARATOR) + SEPARATOR.length()));
      if (heading.contains(SEPARATOR) && (last.endsWith("?") || last.endsWith("？"))) {
        questions.put(heading, NUMBER.matcher(last).replaceFirst(""));
      }
    }
    return questions;
  }

  /**
   * The dataset: every section is a document, and every question is answered by its section.
   * Headings are left out of the texts, or every question would find itself.
   *
   * @param passages of the whole collection, in document order
   * @throws ProblemException INVALID if no heading is a question, TOO_LARGE beyond a limit
   */
  public static Dataset dataset(
      String collection, String language, List<Passage> passages, DatasetLimits limits) {
    Map<String, String> questions = of(passages);
    if (questions.isEmpty()) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "no heading in %s is a question, so there is nothing to ask".formatted(collection));
    }
    Map<String, Section> sections = new LinkedHashMap<>();
    passages.forEach(
        passage ->
            sections
                .computeIfAbsent(id(passage.heading()), id -> new Section(id, passage.title()))
                .add(passage.value()));
    limits.checkRecords(sections.size() + questions.size());
    return new Dataset(
        collection,
        language,
        sections.values().stream().map(Section::document).toList(),
        questions.entrySet().stream()
            .map(
                each ->
                    new LabelledQuestion(
                        each.getKey(),
                        each.getValue(),
                        List.of(),
                        true,
                        Map.of(id(each.getKey()), 1)))
            .toList(),
        List.of());
  }

  /** A heading can hold what a scope means something by. */
  private static String id(String heading) {
    return UUID.nameUUIDFromBytes(heading.getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** A section while its passages come. */
  private static final class Section {
    private final String id;
    private final String title;
    private final List<String> texts = new ArrayList<>();

    Section(String id, String title) {
      this.id = id;
      this.title = title;
    }

    void add(String text) {
      texts.add(text);
    }

    SourceDocument document() {
      return new SourceDocument(id, title, String.join("\n\n", texts));
    }
  }
}
