package io.kvasir.cli;

import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The documents among the paths of a command line: files as they are, folders walked.
 *
 * @param files what to upload
 * @param skipped how many files in folders are of no known kind
 */
record DocumentFiles(List<NamedFile> files, int skipped) {
  private static final Set<String> KINDS =
      Set.of("txt", "text", "md", "markdown", "html", "htm", "pdf");

  /**
   * A file and the name its document will have: its path below the folder that was named.
   *
   * @param name with forward slashes
   * @param file where it is
   * @param bytes its size
   */
  record NamedFile(String name, Path file, long bytes) {}

  /**
   * Finds them.
   *
   * @throws ProblemException NOT_FOUND for a path that is not there
   */
  static DocumentFiles find(List<String> paths) throws IOException {
    List<NamedFile> found = new ArrayList<>();
    int skipped = 0;
    for (String text : paths) {
      Path path = Path.of(text);
      if (Files.isRegularFile(path)) {
        found.add(new NamedFile(String.valueOf(path.getFileName()), path, Files.size(path)));
      } else if (Files.isDirectory(path)) {
        skipped += walk(path, found);
      } else {
        throw new ProblemException(
            ProblemException.Kind.NOT_FOUND, "there is no file or folder " + path);
      }
    }
    return new DocumentFiles(List.copyOf(found), skipped);
  }

  private static int walk(Path folder, List<NamedFile> found) throws IOException {
    int skipped = 0;
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) below.filter(Files::isRegularFile).sorted()::iterator) {
        String name = folder.relativize(file).toString().replace('\\', '/');
        if (KINDS.contains(extension(name))) {
          found.add(new NamedFile(name, file, Files.size(file)));
        } else {
          skipped++;
        }
      }
    }
    return skipped;
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
