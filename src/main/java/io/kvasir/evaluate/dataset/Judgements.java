package io.kvasir.evaluate.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which documents are relevant to which question (qrels): BEIR's three columns under headings in
 * any order, or TREC's four, three or two without. In two columns, and in CACM's four, being listed
 * is being relevant.
 */
final class Judgements {
  private static final List<String> QUERY = List.of("query-id", "qid", "topic", "query");
  private static final List<String> DOCUMENT =
      List.of("corpus-id", "docid", "doc-id", "docno", "document", "pid");
  private static final List<String> SCORE = List.of("score", "rel", "relevance", "grade", "label");

  /** Where the columns are; -1 if there is none. */
  private record Columns(int query, int document, int grade) {
    /** TREC's second column is a 0 that says nothing, CACM's third and fourth are. */
    static Columns of(List<String> cells) {
      return switch (cells.size()) {
        case 2 -> new Columns(0, 1, -1);
        case 3 -> new Columns(0, 1, 2);
        default ->
            cells.size() > 3 && cells.get(2).equals("0")
                ? new Columns(0, 1, -1)
                : new Columns(0, 2, 3);
      };
    }
  }

  private final Map<String, Map<String, Integer>> relevant = new LinkedHashMap<>();
  private final UnaryOperator<String> name;

  /** Judgements that write an id in another way than topics and documents do. */
  Judgements(UnaryOperator<String> name) {
    this.name = name;
  }

  /** Reads a file; what cannot be read of it is bad. */
  void read(Path path, DatasetDraft draft) throws IOException {
    Columns columns = null;
    try (DatasetFile file = DatasetFile.open(path, draft)) {
      for (String line = file.next(); line != null; line = file.next()) {
        if (line.isBlank()) {
          continue;
        }
        List<String> cells = cells(line);
        if (columns == null) {
          columns = headings(cells);
          if (columns != null) {
            continue;
          }
          columns = Columns.of(cells);
        }
        add(columns, cells, file.place(), draft);
      }
    }
  }

  /** What is relevant to a question, by document. */
  Map<String, Integer> of(String query) {
    return relevant.getOrDefault(query, Map.of());
  }

  private void add(Columns columns, List<String> cells, Place place, DatasetDraft draft) {
    int last = Math.max(columns.document(), Math.max(columns.query(), columns.grade()));
    if (cells.size() <= last) {
      draft.bad(place, "the judgement has %d columns, not %d".formatted(cells.size(), last + 1));
      return;
    }
    try {
      int grade = columns.grade() < 0 ? 1 : (int) Double.parseDouble(cells.get(columns.grade()));
      if (grade > 0) {
        relevant
            .computeIfAbsent(name.apply(cells.get(columns.query())), id -> new LinkedHashMap<>())
            .merge(name.apply(cells.get(columns.document())), grade, Math::max);
      }
    } catch (NumberFormatException e) {
      draft.bad(place, "the grade is no number: " + cells.get(columns.grade()));
    }
  }

  private static List<String> cells(String line) {
    return List.of(line.strip().split(line.contains("\t") ? "\t" : "\\s+", -1)).stream()
        .map(String::strip)
        .toList();
  }

  private static @Nullable Columns headings(List<String> cells) {
    int query = place(cells, QUERY);
    int document = place(cells, DOCUMENT);
    return query < 0 || document < 0 ? null : new Columns(query, document, place(cells, SCORE));
  }

  private static int place(List<String> cells, List<String> names) {
    return IntStream.range(0, cells.size())
        .filter(i -> names.contains(cells.get(i).toLowerCase(Locale.ROOT).replace('_', '-')))
        .findFirst()
        .orElse(-1);
  }
}
