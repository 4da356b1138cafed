package io.kvasir.weights;

import io.kvasir.core.Checksum;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.stream.Stream;

/**
 * The checksums of a folder's files, kept in it as {@code SHA256SUMS}, which {@code sha256sum -c}
 * reads too.
 */
public final class ChecksumList {
  private static final String NAME = "SHA256SUMS";
  private static final String SEPARATOR = "  ";

  private ChecksumList() {}

  /** Writes the list of what is in the folder now. Blocks. */
  public static void write(Path folder) throws IOException {
    StringBuilder lines = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        String sum = Checksum.of(file, share -> {});
        lines.append(sum).append(SEPARATOR).append(file.getFileName()).append('\n');
      }
    }
    Files.writeString(folder.resolve(NAME), lines);
  }

  /**
   * Holds every listed file against its checksum. Blocks.
   *
   * @param progress told 0 to 1, by file
   * @throws ProblemException INVALID, naming the file that was changed
   */
  public static void check(Path folder, DoubleConsumer progress) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(NAME));
    for (int i = 0; i < lines.size(); i++) {
      String[] line = lines.get(i).split(SEPARATOR, 2);
      double before = i;
      String sum =
          line.length < 2
              ? ""
              : Checksum.of(
                  folder.resolve(line[1]),
                  share -> progress.accept((before + share) / lines.size()));
      if (!sum.equals(line[0])) {
        throw new ProblemException(
            Kind.INVALID,
            "%s of %s is damaged: its SHA-256 is not the one in %s. Remove the folder to have it made again."
                .formatted(line[line.length - 1], folder, NAME));
      }
    }
  }
}
