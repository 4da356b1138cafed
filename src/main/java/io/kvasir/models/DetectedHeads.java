package io.kvasir.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The heads of a decoder that were found to attend to the passage that answers: {@code heads.json}
 * in its model folder.
 *
 * @param version of this format
 * @param dataset the name of the file of questions they were found with
 * @param questions how many of them chose the heads
 * @param heads best first
 */
public record DetectedHeads(int version, String dataset, int questions, List<Head> heads) {
  /** The version this code reads and writes. */
  public static final int VERSION = 1;

  private static final String FILE = "heads.json";

  /**
   * One head.
   *
   * @param layer from 0
   * @param head of the layer, from 0
   * @param score its own nDCG@10 on the questions that chose it
   */
  public record Head(int layer, int head, double score) {}

  /**
   * The heads of a model folder; none if nobody looked for them.
   *
   * @throws ProblemException INVALID if the file cannot be read
   */
  public static Optional<DetectedHeads> of(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ObjectMapper().readValue(file.toFile(), DetectedHeads.class));
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "%s of %s cannot be read; delete it and find the heads again (kvasir heads detect)"
              .formatted(FILE, folder.getFileName()),
          String.valueOf(e.getMessage()),
          e);
    }
  }

  /** Writes them into a model folder; a server finds them when it loads the decoder again. */
  public void write(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), this);
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE,
          FILE + " cannot be written: " + Reason.of(e),
          String.valueOf(e.getMessage()),
          e);
    }
  }
}
