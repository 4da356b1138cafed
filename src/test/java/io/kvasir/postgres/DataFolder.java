package io.kvasir.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** What a version before left behind, and the statements that it makes. */
final class DataFolder {
  private DataFolder() {}

  /** Restores the database of the version that knew the migrations up to V008. */
  static void restore(String databaseUrl) {
    try {
      Path script = Files.createTempFile("kvasir-dump", ".sql");
      try (InputStream dump = new GZIPInputStream(resource("v008.sql.gz"))) {
        Files.copy(dump, script, StandardCopyOption.REPLACE_EXISTING);
      }
      OwnCluster.run(
          List.of(
              OwnCluster.binaries().resolve("psql").toString(),
              "--quiet",
              "--set=ON_ERROR_STOP=1",
              "--output=/dev/null",
              "--file=" + script,
              databaseUrl));
      Files.delete(script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Its search.
   *
   * @param cast of vectors where there is an index of nearest neighbours, else nothing
   */
  static String search(String cast) {
    return statement("v008-search.sql").replace("{cast}", cast);
  }

  /** How it puts a passage in. */
  static String put() {
    return statement("v008-put.sql");
  }

  private static String statement(String name) {
    try (InputStream statement = resource(name)) {
      return new String(statement.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream resource(String name) {
    InputStream found = DataFolder.class.getResourceAsStream("/data-folders/" + name);
    if (found == null) {
      throw new AssertionError("there is no data-folders/" + name);
    }
    return found;
  }
}
