package io.kvasir.evaluate.dataset;

import io.kvasir.core.Checksum;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Labelled questions and the documents they are asked about.
 *
 * @param name of where they come from
 * @param language of the questions, {@code en} or {@code zh}
 * @param documents what is searched, each id once
 * @param questions in the order of their file, each id once
 * @param bad what could not be used
 */
public record Dataset(
    String name,
    String language,
    List<SourceDocument> documents,
    List<LabelledQuestion> questions,
    List<BadRecord> bad) {
  public Dataset {
    documents = List.copyOf(documents);
    questions = List.copyOf(questions);
    bad = List.copyOf(bad);
  }

  /** The same in a language that is said instead of guessed. */
  public Dataset withLanguage(String said) {
    return new Dataset(name, said, documents, questions, bad);
  }

  /** The same documents with these questions alone. */
  public Dataset withQuestions(List<LabelledQuestion> chosen) {
    return new Dataset(name, language, documents, chosen, bad);
  }

  /** Those that the documents answer. */
  public Dataset answerable() {
    return withQuestions(questions.stream().filter(LabelledQuestion::answerable).toList());
  }

  /** Those of which a document is known that answers them. */
  public Dataset located() {
    return withQuestions(
        questions.stream()
            .filter(each -> each.answerable() && !each.relevant().isEmpty())
            .toList());
  }

  /** A half of the questions. */
  public Dataset half(Half half) {
    return withQuestions(
        IntStream.range(0, questions.size()).filter(half::has).mapToObj(questions::get).toList());
  }

  /** The first ones, at most so many. */
  public Dataset first(int count) {
    return withQuestions(questions.subList(0, Math.max(0, Math.min(count, questions.size()))));
  }

  /** So many, or all there are, spread evenly from the first on. */
  public Dataset spread(int count) {
    int size = questions.size();
    int kept = Math.min(count, size);
    return withQuestions(
        IntStream.range(0, kept)
            .mapToObj(place -> questions.get((int) ((long) place * size / kept)))
            .toList());
  }

  /** So many, or all there are, drawn at random, in the file's order; the same seed, the same. */
  public Dataset sample(int count, long seed) {
    List<Integer> places = new ArrayList<>(IntStream.range(0, questions.size()).boxed().toList());
    Collections.shuffle(places, new Random(seed));
    return withQuestions(places.stream().limit(count).sorted().map(questions::get).toList());
  }

  /** The documents by their ids. */
  public Map<String, SourceDocument> documentsById() {
    Map<String, SourceDocument> byId = new LinkedHashMap<>();
    documents.forEach(document -> byId.put(document.id(), document));
    return byId;
  }

  /** The document with the highest grade for a question, the first of several; null if none is. */
  public static @Nullable String best(LabelledQuestion question) {
    String best = null;
    int grade = 0;
    for (Map.Entry<String, Integer> each : question.relevant().entrySet()) {
      if (each.getValue() > grade) {
        best = each.getKey();
        grade = each.getValue();
      }
    }
    return best;
  }

  /** SHA-256 of the documents and questions: the same for the same content under any name. */
  public String checksum() {
    MessageDigest digest = Checksum.digest();
    documents.forEach(each -> add(digest, texts(each)));
    for (LabelledQuestion each : questions) {
      add(digest, List.of(each.id(), each.text(), String.valueOf(each.answerable())));
      add(digest, each.answers());
      add(digest, List.of(new TreeMap<>(each.relevant()).toString()));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<String> texts(SourceDocument document) {
    String fields = document.fields();
    return fields == null
        ? List.of(document.id(), document.title(), document.text())
        : List.of(document.id(), document.title(), document.text(), fields);
  }

  /** Lengths go first, or two texts could be cut elsewhere and count the same. */
  private static void add(MessageDigest digest, List<String> texts) {
    digest.update((texts.size() + "\n").getBytes(StandardCharsets.UTF_8));
    for (String text : texts) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
  }
}
