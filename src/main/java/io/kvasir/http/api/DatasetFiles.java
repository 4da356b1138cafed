package io.kvasir.http.api;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.ingest.Ingestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The uploaded files of a dataset under their own names, in a folder of their own. A dataset is
 * called like its one file, or like the one folder that all of them are in. Blocks.
 */
final class DatasetFiles implements AutoCloseable {
  private static final int DEEPEST = 4;
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._ ()+-]{1,120}");

  /** What several files are called that are in no folder together. */
  private static final String UNNAMED = "dataset";

  private final Path folder;
  private final Path root;
  private Path path;

  private DatasetFiles(Path folder) throws IOException {
    this.folder = folder;
    this.root = Files.createDirectory(folder.resolve(UNNAMED));
    this.path = root;
  }

  /**
   * Moves what was uploaded.
   *
   * @param uploads where the folder is made
   */
  static DatasetFiles of(List<Ingestion.Source> sources, Path uploads) throws IOException {
    DatasetFiles files =
        new DatasetFiles(Files.createDirectory(uploads.resolve(UUID.randomUUID() + ".dataset")));
    try {
      for (Ingestion.Source source : sources) {
        Path target = files.resolve(source.name());
        Files.createDirectories(target.getParent());
        Files.move(source.content(), target);
        files.path = target;
      }
      if (sources.size() > 1) {
        files.path = files.together();
      }
      return files;
    } catch (IOException | RuntimeException failure) {
      files.close();
      throw failure;
    }
  }

  /** The folder that all files are in. */
  private Path together() throws IOException {
    try (Stream<Path> top = Files.list(root)) {
      List<Path> all = top.toList();
      return all.size() == 1 ? all.get(0) : root;
    }
  }

  /** A name comes from outside: nothing in it may lead out of the folder. */
  private Path resolve(String name) {
    List<String> parts = List.of(name.split("/", -1));
    Path target = root;
    for (String part : parts) {
      if (!NAME.matcher(part).matches() || part.startsWith(".") || parts.size() > DEEPEST) {
        throw new ProblemException(
            Kind.INVALID,
            "A dataset's file cannot be called '%s': letters, digits and . _ - ( ) +, in %d folders at most."
                .formatted(name.substring(0, Math.min(name.length(), 80)), DEEPEST - 1));
      }
      target = target.resolve(part);
    }
    return target;
  }

  /** The one file, or the folder of several. */
  Path path() {
    return path;
  }

  /** Deletes all of it. */
  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(Upload::delete);
    } catch (IOException failure) {
      System.getLogger(DatasetFiles.class.getName())
          .log(System.Logger.Level.WARNING, "cannot delete " + folder, failure);
    }
  }
}
