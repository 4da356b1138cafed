package io.kvasir.models;

import io.kvasir.gguf.GgufFile;
import io.kvasir.gguf.GgufMetadata;
import io.kvasir.weights.ManifestFile;
import io.kvasir.weights.ModelManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What a GGUF file that somebody brings says of itself, as an entry like those of the catalogue.
 */
final class ImportedModel {
  private static final String UNKNOWN = "unknown";
  private static final int LONGEST_NAME = 64;

  /** What loaded weights take, in relation to the exported data: a part is packed anew. */
  private static final double WEIGHTS_GROWTH = 1.45;

  /** What passes take beside weights, keys and values. */
  private static final long WORKING_BYTES = 100_000_000;

  /** In place of a checksum. */
  private static final String UNREAD = "0".repeat(64);

  private ImportedModel() {}

  /** A name made of a file's: without its ending, other characters than a name has as dashes. */
  static String nameOf(String file) {
    String name = file;
    if (name.toLowerCase(Locale.ROOT).endsWith(".gguf")) {
      name = name.substring(0, name.length() - ".gguf".length());
    }
    name = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** What its file is called here. */
  static String fileOf(String checksum) {
    return checksum.substring(0, 12) + ".gguf";
  }

  /** The entry of a file that nobody has read whole, by what its owner calls it. */
  static CatalogueEntry describe(Path file, String name) throws IOException {
    return describe(file, nameOf(name), UNREAD);
  }

  /** The entry of a file, its memory still unknown. */
  static CatalogueEntry describe(Path file, String name, String checksum) throws IOException {
    try (GgufFile gguf = GgufFile.open(file)) {
      GgufMetadata metadata = gguf.metadata();
      String context = metadata.text("general.architecture").orElse("") + ".context_length";
      return new CatalogueEntry(
          name,
          metadata.text("general.name").orElse(name),
          metadata.texts("general.languages").orElse(List.of()),
          metadata.text("general.license").orElse(UNKNOWN),
          Files.size(file),
          checksum,
          null,
          fileOf(checksum),
          (int) Math.min(metadata.whole(context).orElse(0L), Integer.MAX_VALUE),
          0,
          0,
          false);
    }
  }

  /** The same with what it takes in memory, as estimated from the folder it was exported to. */
  static CatalogueEntry measured(CatalogueEntry entry, Path folder) throws IOException {
    ModelManifest manifest = ManifestFile.read(folder);
    long weights = Files.size(folder.resolve("model.onnx.data"));
    ModelManifest.Heads heads = manifest.heads();
    return entry.with(
        (long) (weights * WEIGHTS_GROWTH) + WORKING_BYTES,
        2L * manifest.layers().size() * heads.keyValue() * heads.size() * Float.BYTES);
  }
}
