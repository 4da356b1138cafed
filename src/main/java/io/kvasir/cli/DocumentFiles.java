package io.kvasir.cli;

import io.kvasir.core.ProblemException;
import io.kvasir.ingest.IngestionLimits;
import io.kvasir.ingest.format.DocumentReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The documents among the paths of a command line: files as they are, folders walked.
 *
 * @param files what to upload, each under a name of its own
 * @param refused what cannot be uploaded, and why
 * @param skipped how many files in folders are of no known kind
 */
record DocumentFiles(List<NamedFile> files, List<Refused> refused, int skipped) {
  private static final Set<String> KINDS =
      DocumentReader.extensions().values().stream()
          .flatMap(List::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** What the names of files become that are no UTF-8. */
  private static final char UNREADABLE = 0xFFFD;

  /**
   * A file and the name its document will have: its path below the folder that was named.
   *
   * @param name with forward slashes between folders
   * @param file where it is
   * @param bytes its size
   */
  record NamedFile(String name, Path file, long bytes) {}

  /**
   * A file that no document can be made of.
   *
   * @param name of the file, as it can be shown
   * @param reason in words
   */
  record Refused(String name, String reason) {}

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
            ProblemException.Kind.NOT_FOUND,
            Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                ? path + " is neither a file nor a folder, or a link that leads to none"
                : "there is no file or folder " + path);
      }
    }
    return named(found, skipped);
  }

  /** A document is replaced by another of its name, so no two files may have the same. */
  private static DocumentFiles named(List<NamedFile> found, int skipped) throws IOException {
    Map<String, NamedFile> files = new LinkedHashMap<>();
    List<Refused> refused = new ArrayList<>();
    for (NamedFile file : found) {
      String shown = file.file().toString().replaceAll("\\p{Cntrl}", "?");
      if (isOdd(file.name())) {
        refused.add(
            new Refused(
                shown,
                "a document's name has up to %d printable characters of UTF-8; rename the file"
                    .formatted(IngestionLimits.NAME_CHARACTERS)));
        continue;
      }
      NamedFile other = files.putIfAbsent(file.name(), file);
      if (other != null && !Files.isSameFile(other.file(), file.file())) {
        refused.add(
            new Refused(
                shown,
                "it would replace %s, which has the same name; name the folder above both"
                    .formatted(other.file())));
      }
    }
    return new DocumentFiles(List.copyOf(files.values()), List.copyOf(refused), skipped);
  }

  private static boolean isOdd(String name) {
    return name.isBlank()
        || name.length() > IngestionLimits.NAME_CHARACTERS
        || name.chars().anyMatch(unit -> Character.isISOControl(unit) || unit == UNREADABLE);
  }

  private static int walk(Path folder, List<NamedFile> found) throws IOException {
    int skipped = 0;
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) below.filter(Files::isRegularFile).sorted()::iterator) {
        String name = name(folder.relativize(file));
        if (KINDS.contains(extension(name))) {
          found.add(new NamedFile(name, file, Files.size(file)));
        } else {
          skipped++;
        }
      }
    }
    return skipped;
  }

  /** Where a backslash is no separator, it belongs to the name. */
  private static String name(Path below) {
    List<String> parts = new ArrayList<>();
    below.forEach(part -> parts.add(part.toString()));
    return String.join("/", parts);
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
