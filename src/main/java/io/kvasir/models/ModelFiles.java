package io.kvasir.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.gguf.DecoderExport;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where models lie on disk.
 *
 * <pre>
 * sources/FILE.gguf        weights, fetched or imported; FILE.gguf.part while they arrive
 * sources/NAME.json        what is known of an imported one
 * decoders/NAME-SHA-EXPORTER/   exported; with -float16 behind it for attention in half precision
 * answers/NAME.json        what it answers best with, if that was measured here
 * locks/NAME.lock
 * </pre>
 *
 * @param root the folder of all this
 * @param shipped the folder with the weights that come with Kvasir
 * @param attention what the attention of the exported ones is computed in
 */
record ModelFiles(Path root, Path shipped, AttentionPrecision attention) {
  private static final int CHECKSUM_DIGITS = 12;

  Path sources() {
    return root.resolve("sources");
  }

  Path decoders() {
    return root.resolve("decoders");
  }

  Path locks() {
    return root.resolve("locks");
  }

  /** Where the weights of a model are kept once fetched. */
  Path kept(CatalogueEntry entry) {
    return sources().resolve(entry.file());
  }

  /** Where the weights of a model arrive. */
  Path partial(CatalogueEntry entry) {
    return partial(entry.file());
  }

  /** Where weights arrive that will have that file's name. */
  Path partial(String file) {
    return sources().resolve(file + ".part");
  }

  /** The weights of a model, if they are here in full size. */
  Optional<Path> source(CatalogueEntry entry) throws IOException {
    List<Path> places = new ArrayList<>(List.of(kept(entry)));
    if (entry.bundled()) {
      places.add(shipped.resolve(entry.file()));
    }
    for (Path place : places) {
      if (Files.isRegularFile(place) && Files.size(place) == entry.bytes()) {
        return Optional.of(place);
      }
    }
    return Optional.empty();
  }

  /**
   * Where the exported model is, once it is. Another source, exporter or precision of attention has
   * another folder.
   */
  Path folder(CatalogueEntry entry) {
    return folder(entry, attention);
  }

  private Path folder(CatalogueEntry entry, AttentionPrecision precision) {
    return decoders()
        .resolve(
            "%s-%s-%s%s"
                .formatted(
                    entry.name(),
                    entry.sha256().substring(0, CHECKSUM_DIGITS),
                    DecoderExport.VERSION,
                    precision == AttentionPrecision.FLOAT32 ? "" : "-" + precision));
  }

  /**
   * Removes what older sources and exporters of a model made, and what was left half done. What
   * another provider uses stays.
   */
  void removeOlder(CatalogueEntry entry) throws IOException {
    if (!Files.exists(decoders())) {
      return;
    }
    Pattern ofModel =
        Pattern.compile(
            "(\\.partial-)?"
                + Pattern.quote(entry.name())
                + "-[0-9a-f]{12}-[0-9.]+(-float16)?(-[0-9]+)?");
    Set<Path> current =
        Arrays.stream(AttentionPrecision.values())
            .map(precision -> folder(entry, precision))
            .collect(Collectors.toSet());
    List<Path> older = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(decoders())) {
      for (Path folder : folders) {
        if (ofModel.matcher(String.valueOf(folder.getFileName())).matches()
            && !current.contains(folder)) {
          older.add(folder);
        }
      }
    }
    for (Path folder : older) {
      remove(folder);
    }
  }

  /** The imported decoders, by name. */
  List<CatalogueEntry> imported() throws IOException {
    List<JsonNode> written = new ArrayList<>();
    if (Files.exists(sources())) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(sources(), "*.json")) {
        for (Path file : files) {
          written.add(new ObjectMapper().readTree(file.toFile()));
        }
      }
    }
    List<CatalogueEntry> entries = new ArrayList<>();
    for (CatalogueEntry entry : Catalogue.of(written).decoders()) {
      entries.add(complete(entry));
    }
    entries.sort(Comparator.comparing(CatalogueEntry::name));
    return entries;
  }

  /** Those that were imported by an older version lack what keys and values take. */
  private CatalogueEntry complete(CatalogueEntry entry) throws IOException {
    return entry.tokenBytes() == 0 && Files.exists(folder(entry))
        ? ImportedModel.measured(entry, folder(entry))
        : entry;
  }

  /** Writes down what is known of an imported model. */
  void remember(CatalogueEntry entry) throws IOException {
    Path file = sources().resolve(entry.name() + ".json");
    Path partial = sources().resolve(entry.name() + ".json.part");
    Files.write(partial, new ObjectMapper().writeValueAsBytes(entry));
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** What fetching and exporting a file takes on disk, beside what has arrived of it. */
  long toFetch(long bytes, Path partial) throws IOException {
    long here = Files.exists(partial) ? Files.size(partial) : 0;
    return bytes - here + (long) (bytes * ModelStore.EXPORT_GROWTH);
  }

  /** What is free on disk. */
  long free() {
    Path there = root;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    // Not by the file store, which is unknown where a container hides what is mounted.
    return there.toFile().getUsableSpace();
  }

  /** Fails unless the disk has room. */
  void ensureFree(long bytes, String purpose) throws IOException {
    Files.createDirectories(root);
    long free = free();
    if (bytes > free) {
      throw new ProblemException(
          Kind.UNAVAILABLE,
          "%s needs %,d MB in %s, %,d MB are free; make room, or keep models elsewhere (setting models.dir)."
              .formatted(purpose, bytes >> 20, root, free >> 20));
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
