package io.kvasir.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerOpening;
import io.kvasir.core.Sampling;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a decoder was measured to answer best with.
 *
 * @param answers what
 * @param measured with what, in words
 */
record AnswersFields(AnswerDefaults answers, String measured) {
  private static final int OPENING_CHARACTERS = 20;
  private static final int MEASURED_CHARACTERS = 2_000;

  /**
   * What a body says; all of it must be there, since half of it was not measured.
   *
   * @param maxK the most passages that can be asked for
   */
  static AnswersFields of(JsonNode body, int maxK) {
    Fields fields =
        Fields.strict(
            body,
            "passages",
            "nearness",
            "bestLast",
            "blankLine",
            "opening",
            "loopPenalty",
            "measured");
    AnswerDefaults answers =
        new AnswerDefaults(
            required("passages", fields.integer("passages", 1, maxK)),
            required("nearness", fields.number("nearness", 0, 1)),
            flag(fields, "bestLast"),
            flag(fields, "blankLine"),
            opening(fields.requiredText("opening", OPENING_CHARACTERS)),
            required("loopPenalty", fields.number("loopPenalty", 0, Sampling.MAX_LOOP_PENALTY)));
    return new AnswersFields(answers, fields.requiredText("measured", MEASURED_CHARACTERS));
  }

  private static boolean flag(Fields fields, String name) {
    required(name, fields.value(name));
    return fields.flag(name);
  }

  private static AnswerOpening opening(String name) {
    return AnswerOpening.of(name)
        .orElseThrow(
            () ->
                new InvalidFieldException(
                    "opening",
                    "The field 'opening' is '%s'; it can be %s."
                        .formatted(name, AnswerOpening.listed())));
  }

  private static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw new InvalidFieldException(name, "The field '%s' is missing.".formatted(name));
    }
    return value;
  }
}
