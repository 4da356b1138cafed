package io.kvasir.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one question with its passages in one order; a line of a file of results, so
 * that a measurement can go on where it stopped.
 *
 * @param model the decoder
 * @param question its id
 * @param order which order
 * @param gold the place of the passage that answers
 * @param answer what the decoder said
 * @param gain ln P(answer | passages) - ln P(answer | none)
 * @param documents tokens of the answer that come from the passages
 * @param known tokens that it knew anyway
 * @param neither tokens that come from neither
 * @param deltas what each passage was worth by ablation
 * @param signals each signal's score of every passage, by name
 */
record EvidenceRow(
    String model,
    String question,
    int order,
    int gold,
    String answer,
    double gain,
    int documents,
    int known,
    int neither,
    double[] deltas,
    Map<String, double[]> signals) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The rows of a file; none if there is no file. */
  static List<EvidenceRow> read(Path file) {
    List<EvidenceRow> rows = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          rows.add(JSON.readValue(line, EvidenceRow.class));
        }
      }
      return rows;
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID, file + " is no file of results: " + e.getMessage(), e);
    }
  }

  /** Adds this row to a file. */
  void append(Path file) {
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(this) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE, file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
