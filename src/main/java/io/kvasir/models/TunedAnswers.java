package io.kvasir.models;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.DecoderAnswers;
import io.kvasir.core.DecoderAnswers.Source;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * What decoders answer best with as it was measured on this machine: a file for each in {@code
 * answers/} of the models' folder. It wins over the catalogue, and holds for the weights it was
 * measured with. Its methods block.
 *
 * @param folder of the models
 * @param catalogue says it of the others
 */
public record TunedAnswers(Path folder, Catalogue catalogue) {
  private static final System.Logger LOG = System.getLogger(TunedAnswers.class.getName());
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.WRITE_ENUMS_USING_TO_STRING)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  /** The version this code reads and writes. */
  private static final int VERSION = 1;

  /**
   * What stands in a file.
   *
   * @param sha256 of the weights
   * @param measured with what, in words
   */
  private record Written(int version, String sha256, String measured, AnswerDefaults answers) {}

  /**
   * What a decoder answers with. A file that cannot be read is as none, and said in the log: a
   * server has to start all the same.
   */
  public DecoderAnswers of(CatalogueEntry entry) {
    Path file = file(entry);
    if (Files.exists(file)) {
      try {
        Written written = JSON.readValue(file.toFile(), Written.class);
        if (written.version() == VERSION && written.sha256().equals(entry.sha256())) {
          return new DecoderAnswers(Source.TUNED, written.answers());
        }
      } catch (IOException unreadable) {
        LOG.log(
            Level.WARNING,
            "{0} cannot be read and is left out; tune the decoder again (kvasir eval --tune): {1}",
            file,
            unreadable.getMessage());
      }
    }
    AnswerDefaults known = catalogue.answers().get(entry.name());
    return known == null
        ? new DecoderAnswers(Source.SAFE, AnswerDefaults.SAFE)
        : new DecoderAnswers(Source.CATALOGUE, known);
  }

  /**
   * Keeps what was measured of a decoder.
   *
   * @param measured with what, in words
   */
  public void keep(CatalogueEntry entry, AnswerDefaults answers, String measured) {
    Path file = file(entry);
    Path partial = answers().resolve(entry.name() + ".json.part");
    try {
      Files.createDirectories(answers());
      Files.write(
          partial, JSON.writeValueAsBytes(new Written(VERSION, entry.sha256(), measured, answers)));
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new ProblemException(
          Kind.UNAVAILABLE,
          "what %s answers best with cannot be written: %s".formatted(entry.name(), Reason.of(e)),
          e.toString(),
          e);
    }
  }

  private Path file(CatalogueEntry entry) {
    return answers().resolve(entry.name() + ".json");
  }

  private Path answers() {
    return folder.resolve("answers");
  }
}
