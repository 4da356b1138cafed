package io.kvasir.evaluate.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A folder as BEIR has it. Questions that nobody judged are not asked; of several files of
 * judgements {@code test.tsv} counts, as it does there, and without one all of them.
 */
final class BeirFormat implements DatasetFormat {
  private static final String CORPUS = "corpus.jsonl";
  private static final String QUERIES = "queries.jsonl";
  private static final String JUDGED = "qrels";

  @Override
  public String described() {
    return "a folder as BEIR has it (corpus.jsonl, queries.jsonl, qrels/test.tsv)";
  }

  @Override
  public boolean reads(Path path) {
    return Files.isRegularFile(path.resolve(CORPUS));
  }

  @Override
  public void read(Path path, ColumnMapping mapping, DatasetDraft draft) throws IOException {
    lines(
        present(path.resolve(CORPUS)),
        draft,
        (record, place) ->
            draft.document(
                new SourceDocument(
                    JsonValues.text(record, "_id"),
                    JsonValues.text(record, "title").strip(),
                    JsonValues.text(record, "text"),
                    record.path("metadata").isEmpty() ? null : record.path("metadata").toString()),
                place));
    Judgements judgements = new Judgements(UnaryOperator.identity());
    for (Path file : judged(path)) {
      judgements.read(file, draft);
    }
    lines(
        present(path.resolve(QUERIES)),
        draft,
        (record, place) -> {
          String id = JsonValues.text(record, "_id");
          Map<String, Integer> relevant = judgements.of(id);
          if (id.isEmpty()) {
            draft.bad(place, "the question has no _id");
          } else if (!relevant.isEmpty()) {
            draft.question(
                new LabelledQuestion(
                    id,
                    JsonValues.text(record, "text").strip(),
                    JsonValues.texts(record.path("answers")),
                    true,
                    relevant),
                place);
          }
        });
  }

  private static void lines(Path path, DatasetDraft draft, BiConsumer<JsonNode, Place> each)
      throws IOException {
    try (DatasetFile file = DatasetFile.open(path, draft)) {
      for (String line = file.next(); line != null; line = file.next()) {
        JsonNode record = line.isBlank() ? null : JsonValues.object(line, file.place(), draft);
        if (record != null) {
          each.accept(record, file.place());
        }
      }
    }
  }

  private static List<Path> judged(Path folder) throws IOException {
    Path judged = folder.resolve(JUDGED);
    Path test = judged.resolve("test.tsv");
    if (Files.isRegularFile(test)) {
      return List.of(test);
    }
    try (Stream<Path> files = Files.isDirectory(judged) ? Files.list(judged) : Stream.empty()) {
      List<Path> tables = files.filter(file -> file.toString().endsWith(".tsv")).sorted().toList();
      return tables.isEmpty() ? List.of(present(test)) : tables;
    }
  }

  private static Path present(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          DatasetFile.named(file) + " is missing in the folder of a BEIR dataset.");
    }
    return file;
  }
}
