package io.kvasir.evaluate.dataset;

import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A folder with topics, judgements and documents, as TREC, CACM and their like have it. What a file
 * is, its name says; how it is written, its beginning: tags, fields of a letter, or tabs.
 */
final class TrecFormat implements DatasetFormat {
  private static final int DEPTH = 4;

  @Override
  public String described() {
    return "a folder as TREC or CACM has it (a file named topics or query, one named qrels,"
        + " documents beside them)";
  }

  @Override
  public boolean reads(Path path) {
    return Files.isDirectory(path);
  }

  @Override
  public void read(Path path, ColumnMapping mapping, DatasetDraft draft) throws IOException {
    Judgements judgements = new Judgements(TrecFormat::plain);
    Map<String, TrecRecord> topics = new LinkedHashMap<>();
    int judged = 0;
    for (Path file : files(path)) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      if (name.contains("qrel") || name.endsWith(".rel")) {
        judgements.read(file, draft);
        judged++;
      } else if (name.contains("topic") || name.contains("query") || name.contains("queries")) {
        TrecRecord.read(file, draft, topic -> topics.putIfAbsent(plain(topic.id()), topic));
      } else {
        TrecRecord.read(
            file,
            draft,
            each -> draft.document(plain(each.id()), each.title(), each.text(), each.place()));
      }
    }
    if (judged == 0 || topics.isEmpty()) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "%s has no file of %s, which has '%s' in its name"
              .formatted(
                  path,
                  judged == 0 ? "judgements" : "topics",
                  judged == 0 ? "qrels" : "topics' or 'query"));
    }
    topics.forEach((id, topic) -> ask(topic, judgements.of(id), draft));
  }

  /** Question 1 of CACM is 01 where it is judged, and document 46 is 0046. */
  private static String plain(String id) {
    return id.matches("0+[0-9]+") ? id.replaceFirst("^0+(?=[0-9])", "") : id;
  }

  /** Topics that nobody judged are not asked. */
  private static void ask(TrecRecord topic, Map<String, Integer> relevant, DatasetDraft draft) {
    if (!relevant.isEmpty()) {
      String text = topic.title().isBlank() ? topic.text() : topic.title();
      draft.question(
          new LabelledQuestion(
              plain(topic.id()), text.replaceAll("\\s+", " ").strip(), List.of(), true, relevant),
          topic.place());
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .sorted()
          .toList();
    }
  }
}
