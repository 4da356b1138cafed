package io.kvasir.evaluate.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kvasir.core.ProblemException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a file or a folder of labelled questions, in whichever of the known formats it is. */
public final class DatasetReader {
  private static final List<DatasetFormat> FORMATS =
      List.of(
          new SquadFormat(),
          new TableFormat(),
          new JsonLinesFormat(),
          new BeirFormat(),
          new TrecFormat());

  private DatasetReader() {}

  /** Reads with columns that are called what they hold, within the usual limits. */
  public static Dataset read(Path path) {
    return read(path, ColumnMapping.DEFAULT, DatasetLimits.DEFAULTS);
  }

  /**
   * Reads a file or a folder.
   *
   * @param path of either
   * @param mapping what the columns of a table are called
   * @param limits how much is read
   * @throws ProblemException NOT_FOUND if there is no such file, INVALID if it is in no known
   *     format or has no question that can be asked, TOO_LARGE beyond a limit
   */
  public static Dataset read(Path path, ColumnMapping mapping, DatasetLimits limits) {
    if (!Files.exists(path)) {
      throw new ProblemException(
          ProblemException.Kind.NOT_FOUND, path + " is neither a file nor a folder.");
    }
    DatasetFormat format =
        FORMATS.stream()
            .filter(each -> each.reads(path))
            .findFirst()
            .orElseThrow(() -> unknown(path));
    DatasetDraft draft = new DatasetDraft(limits);
    try {
      format.read(path, mapping, draft);
    } catch (CharacterCodingException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          DatasetFile.named(path)
              + " is not written in UTF-8; iconv -f CHARSET -t UTF-8 makes it so.",
          e);
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          DatasetFile.named(path) + " is no JSON: " + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          DatasetFile.named(path) + " cannot be read: " + reasonOf(e, path),
          e);
    }
    return draft.finish(path);
  }

  /** What is wrong, without the folder that it is in. */
  private static String reasonOf(IOException failure, Path path) {
    return String.valueOf(failure.getMessage())
        .replace(String.valueOf(path.getParent()) + File.separator, "");
  }

  private static ProblemException unknown(Path path) {
    return new ProblemException(
        ProblemException.Kind.INVALID,
        DatasetFile.named(path)
            + " is in no format of labelled questions. These are read: "
            + FORMATS.stream().map(DatasetFormat::described).collect(Collectors.joining("; "))
            + ".");
  }
}
