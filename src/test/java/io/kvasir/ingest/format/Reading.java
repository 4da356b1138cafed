package io.kvasir.ingest.format;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that a test reads as the product does. */
public final class Reading {
  private static final DocumentLimits LIMITS = new DocumentLimits(64 << 20, 5_000, 40_000_000);

  private Reading() {}

  /** A file of {@code src/test/resources/faults}. */
  static LoadedDocument fault(String path) {
    return of(path, Path.of("src/test/resources/faults", path));
  }

  /** What a file with this text says. */
  public static LoadedDocument of(String name, String text) {
    return of(name, text.getBytes(StandardCharsets.UTF_8));
  }

  static LoadedDocument of(String name, byte[] bytes) {
    try {
      Path file = Files.createTempFile("kvasir-test", null);
      try {
        return of(name, Files.write(file, bytes));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static LoadedDocument of(String name, Path file) {
    try {
      return new DocumentReader(LIMITS).read(name, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The headings above the block that begins with these words. */
  static List<String> headings(LoadedDocument document, String beginning) {
    return document.blocks().stream()
        .filter(block -> document.text().startsWith(beginning, block.start()))
        .findFirst()
        .orElseThrow()
        .headings();
  }
}
