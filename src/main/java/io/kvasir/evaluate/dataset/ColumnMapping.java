package io.kvasir.evaluate.dataset;

import io.kvasir.core.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the columns of a table, or the fields of its lines, are called.
 *
 * @param id of the question; counted if there is no such column
 * @param question what is asked
 * @param answer gold answers; several in a table are separated by {@code |} or a JSON array, in
 *     lines of JSON an array
 * @param context the text that answers it
 * @param title of that text
 * @param document the id of that text; without a context, of texts in other rows
 * @param answerable whether anything answers it
 */
public record ColumnMapping(
    String id,
    String question,
    String answer,
    String context,
    String title,
    String document,
    String answerable) {
  private static final List<String> NAMES =
      List.of("id", "question", "answer", "context", "title", "document", "answerable");

  /** Every column is called what it holds. */
  public static final ColumnMapping DEFAULT = of(Map.of());

  /**
   * A mapping from what a column holds to its name; what is not named keeps its own.
   *
   * @throws ProblemException INVALID if there is no such meaning
   */
  public static ColumnMapping of(Map<String, String> named) {
    for (String meaning : named.keySet()) {
      if (!NAMES.contains(meaning)) {
        throw invalid("'%s' is nothing a column can hold; it can hold ".formatted(meaning));
      }
    }
    List<String> columns =
        NAMES.stream().map(meaning -> named.getOrDefault(meaning, meaning)).toList();
    return new ColumnMapping(
        columns.get(0),
        columns.get(1),
        columns.get(2),
        columns.get(3),
        columns.get(4),
        columns.get(5),
        columns.get(6));
  }

  /**
   * A mapping as it is written in a command: {@code question=Frage,answer=Antwort}.
   *
   * @throws ProblemException INVALID if it is written otherwise
   */
  public static ColumnMapping parse(String written) {
    Map<String, String> named = new LinkedHashMap<>();
    for (String pair : written.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw invalid(
            "'%s' is no column's name: write question=COLUMN,answer=COLUMN for any of "
                .formatted(pair));
      }
      named.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
    }
    return of(named);
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(
        ProblemException.Kind.INVALID, message + String.join(", ", NAMES) + ".");
  }
}
