package io.kvasir.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.evaluate.dataset.ColumnMapping;
import io.kvasir.evaluate.dataset.Half;
import io.kvasir.experiment.DatasetSource;
import io.kvasir.experiment.Experiments;
import io.kvasir.experiment.Factor;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.InvalidFieldException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what an experiment is to be. */
final class ExperimentFields {
  private static final int NAME_CHARACTERS = 200;
  private static final int PATHS = 16;
  private static final int VALUES = 32;
  private static final int SAMPLE = 1_000_000;

  private ExperimentFields() {}

  /** Where the questions come from, if the order says so; else from files. */
  static Optional<DatasetSource> source(JsonNode body) {
    Fields fields = Fields.lenient(body);
    String collection = fields.text("headings", NAME_CHARACTERS);
    if (fields.flag("marked")) {
      if (collection != null) {
        throw new InvalidFieldException(
            "marked", "The order names headings, too; ask one after the other.");
      }
      return Optional.of(new DatasetSource.Marked());
    }
    return Optional.ofNullable(collection).map(DatasetSource.Headings::new);
  }

  /** The order. */
  static Experiments.Order of(JsonNode body) {
    Fields fields =
        Fields.strict(
            body,
            "name",
            "language",
            "headings",
            "marked",
            "paths",
            "matrix",
            "half",
            "sample",
            "seed",
            "columns");
    String language = fields.text("language", NAME_CHARACTERS);
    String half = fields.text("half", NAME_CHARACTERS);
    Long seed = fields.whole("seed", 0, Integer.MAX_VALUE);
    return new Experiments.Order(
        fields.text("name", NAME_CHARACTERS),
        language == null ? null : CollectionRoutes.requireLanguage(language),
        fields.texts("paths", PATHS, NAME_CHARACTERS),
        matrix(fields.value("matrix")),
        half == null ? Half.ALL : Half.of(half),
        fields.integer("sample", 1, SAMPLE),
        seed == null ? 0 : seed,
        columns(fields.value("columns")));
  }

  private static Map<Factor, List<String>> matrix(@Nullable JsonNode object) {
    Map<Factor, List<String>> matrix = new TreeMap<>();
    if (object == null) {
      return matrix;
    }
    Fields fields = Fields.lenient(object, "matrix");
    object
        .fieldNames()
        .forEachRemaining(
            name -> matrix.put(Factor.named(name), fields.texts(name, VALUES, NAME_CHARACTERS)));
    return matrix;
  }

  private static ColumnMapping columns(@Nullable JsonNode object) {
    Map<String, String> columns = new LinkedHashMap<>();
    if (object != null) {
      Fields fields = Fields.lenient(object, "columns");
      object
          .fieldNames()
          .forEachRemaining(name -> columns.put(name, fields.requiredText(name, NAME_CHARACTERS)));
    }
    return ColumnMapping.of(columns);
  }
}
