package io.kvasir.models;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.Checksum;
import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.kvasir.gguf.DecoderExport;
import io.kvasir.gguf.ExportOptions;
import io.kvasir.gguf.family.Families;
import io.kvasir.weights.ChecksumList;
import io.kvasir.weights.ModelManifest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The decoders of this machine as files: which there are, fetching and importing weights, and the
 * model folders exported from them. Nothing is used before its checksum is right, and nothing half
 * written is ever seen. Its methods block and may be called from any thread; a progress may throw
 * to stop what reports to it.
 */
public final class ModelStore {
  /** What an export takes on disk, in relation to the weights it is made of. */
  static final double EXPORT_GROWTH = 1.6;

  /** How long a download may bring nothing before it is tried anew. */
  static final Duration STALL = Duration.ofSeconds(60);

  /** Of a step that begins with a checksum. */
  static final double SHARE_OF_CHECKSUM = 0.1;

  private final Catalogue catalogue;
  private final ModelFiles files;

  /** A store whose decoders are exported for the processor. */
  public ModelStore(Path root, Path shipped, Catalogue catalogue) {
    this(root, shipped, catalogue, AttentionPrecision.FLOAT32);
  }

  /**
   * A store.
   *
   * @param root the folder it keeps models in; made when needed
   * @param shipped the folder with the weights that come with Kvasir
   * @param catalogue the decoders known by name
   * @param attention what the attention of exported decoders is computed in
   */
  public ModelStore(Path root, Path shipped, Catalogue catalogue, AttentionPrecision attention) {
    this.files =
        new ModelFiles(root.toAbsolutePath().normalize(), shipped.toAbsolutePath(), attention);
    this.catalogue = catalogue;
  }

  /** The decoders of the catalogue, then the imported ones. */
  public List<CatalogueEntry> entries() {
    List<CatalogueEntry> entries = new ArrayList<>(catalogue.decoders());
    entries.addAll(onDisk(files::imported));
    return entries;
  }

  /**
   * The decoder of that name.
   *
   * @throws ProblemException NOT_FOUND, with the nearest name
   */
  public CatalogueEntry entry(String name) {
    List<CatalogueEntry> entries = entries();
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> names = entries.stream().map(CatalogueEntry::name).toList();
              return new ProblemException(
                  Kind.NOT_FOUND,
                  "There is no model \"%s\"%s (there are: %s)."
                      .formatted(name, NearestName.hint(name, names), String.join(", ", names)));
            });
  }

  /** Whether the disk has room to fetch and export a decoder. */
  public boolean hasRoom(String name) {
    CatalogueEntry entry = entry(name);
    return onDisk(() -> files.toFetch(entry.bytes(), files.partial(entry))) <= files.free();
  }

  /** Whether the weights of a decoder are here: its file, or what was exported from it. */
  public boolean installed(String name) {
    CatalogueEntry entry = entry(name);
    return exported(entry) || onDisk(() -> files.source(entry)).isPresent();
  }

  /**
   * The model folder of a decoder, exported now if it is not yet; older ones of it are removed.
   *
   * @param progress told 0 to 1
   * @throws ProblemException NOT_FOUND if its weights are not here, INVALID if they are damaged,
   *     CONFLICT if somebody else is at it
   */
  public Path prepare(String name, DoubleConsumer progress) {
    CatalogueEntry entry = entry(name);
    if (exported(entry)) {
      return files.folder(entry);
    }
    return locked(
        entry.name(),
        () -> {
          if (!exported(entry)) {
            Path source =
                files
                    .source(entry)
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                Kind.NOT_FOUND,
                                "The weights of %s are not here; fetch them with: kvasir models pull %s"
                                    .formatted(name, name)));
            verify(entry, source, share -> progress.accept(SHARE_OF_CHECKSUM * share));
            files.removeOlder(entry);
            export(
                entry,
                source,
                share -> progress.accept(SHARE_OF_CHECKSUM + (1 - SHARE_OF_CHECKSUM) * share));
          }
          return files.folder(entry);
        });
  }

  /**
   * The file that a decoder was or is exported from.
   *
   * @throws ProblemException NOT_FOUND if it is not kept here
   */
  public Path source(String name) {
    CatalogueEntry entry = entry(name);
    return onDisk(() -> files.source(entry))
        .orElseThrow(
            () ->
                new ProblemException(
                    Kind.NOT_FOUND,
                    "The source file of %s is not here; fetch it with: kvasir models pull %s"
                        .formatted(name, name)));
  }

  /** Fetches the weights of a decoder from its publisher, unless they are here. */
  public void pull(String name, DoubleConsumer progress) {
    pull(name, null, progress);
  }

  /**
   * Fetches the weights of a decoder, unless they are here. What an earlier try has brought is
   * kept.
   *
   * @param from a file, or an http or https address; null for the publisher's
   * @param progress told 0 to 1
   * @throws ProblemException NOT_FOUND, UNAVAILABLE (network or disk), CONFLICT if somebody else is
   *     at it, INVALID if what came is not the file that the catalogue describes
   */
  public void pull(String name, @Nullable String from, DoubleConsumer progress) {
    CatalogueEntry entry = entry(name);
    locked(
        entry.name(),
        () -> {
          if (files.source(entry).isPresent()) {
            return entry;
          }
          Files.createDirectories(files.sources());
          Path partial = files.partial(entry);
          files.ensureFree(files.toFetch(entry.bytes(), partial), "Fetching " + name);
          bring(entry, from, partial, share -> progress.accept(0.95 * share));
          try {
            verify(entry, partial, share -> progress.accept(0.95 + 0.05 * share));
          } catch (ProblemException wrong) {
            Files.deleteIfExists(partial);
            throw wrong;
          }
          Files.move(partial, files.kept(entry), StandardCopyOption.ATOMIC_MOVE);
          return entry;
        });
  }

  /**
   * Takes in a GGUF file: exports it, copies it, and knows it by name from now on. A file of the
   * catalogue is recognised.
   *
   * @param name null to take it from the file's
   * @param progress told 0 to 1
   * @return what is known of it
   * @throws ProblemException INVALID, naming tensor or field, if it cannot be used; CONFLICT if the
   *     name belongs to another model
   */
  public CatalogueEntry importFile(Path file, @Nullable String name, DoubleConsumer progress) {
    return new ModelImport(this, files).take(file, name, progress);
  }

  /** What a GGUF file says of itself, before it is taken in; INVALID if it is none. */
  public CatalogueEntry describe(Path file, String name) {
    return onDisk(() -> ImportedModel.describe(file, name));
  }

  /**
   * Fetches a GGUF file that is in no catalogue, exports it, and knows it by name from now on. What
   * an earlier try has brought is kept; a file of the catalogue is recognised.
   *
   * @param progress told 0 to 1
   * @return what is known of it
   * @throws ProblemException NOT_FOUND, UNAVAILABLE (network or disk), TOO_LARGE, CONFLICT if its
   *     name belongs to another model, INVALID, naming tensor or field, if it cannot be used, or if
   *     what came has another checksum
   */
  public CatalogueEntry pull(PublishedFile file, DoubleConsumer progress) {
    return new ModelPull(this, files).take(file, progress);
  }

  /** Fails if a model has that name. */
  void refuseTaken(String name) {
    if (entries().stream().anyMatch(entry -> entry.name().equals(name))) {
      throw new ProblemException(
          Kind.CONFLICT,
          "There is a model %s with other weights; give this one another name with --name."
              .formatted(name));
    }
  }

  /** The architectures of the files that can be taken in, to be read. */
  public static String architectures() {
    return Families.names();
  }

  /**
   * Holds the files of a decoder against their checksum and manifest.
   *
   * @param progress told 0 to 1
   * @return what was found, in words for people
   * @throws ProblemException saying what is missing or damaged
   */
  public List<String> check(String name, DoubleConsumer progress) {
    CatalogueEntry entry = entry(name);
    List<String> found = new ArrayList<>();
    onDisk(() -> files.source(entry))
        .ifPresent(
            source -> {
              onDisk(
                  () -> {
                    verify(entry, source, progress);
                    return entry;
                  });
              found.add("weights: " + source + ", checksum right");
            });
    if (exported(entry)) {
      Path folder = files.folder(entry);
      ModelManifest manifest = ModelFolder.check(folder);
      onDisk(
          () -> {
            ChecksumList.check(folder, progress);
            return folder;
          });
      found.add("exported: %s, %s, checksums right".formatted(folder, manifest.origin().format()));
    }
    if (found.isEmpty()) {
      throw new ProblemException(
          Kind.NOT_FOUND,
          "%s is not here; fetch it with: kvasir models pull %s".formatted(name, name));
    }
    return found;
  }

  private void bring(
      CatalogueEntry entry, @Nullable String from, Path partial, DoubleConsumer progress)
      throws IOException {
    String source = from == null ? entry.url() : from;
    if (source == null) {
      throw new ProblemException(
          Kind.NOT_FOUND,
          "It is not known where to fetch %s; name a file or an address with --from."
              .formatted(entry.name()));
    }
    if (source.startsWith("http://") || source.startsWith("https://")) {
      new Download(address(source), entry.bytes(), STALL).complete(partial, progress);
      return;
    }
    Path file = Path.of(source);
    if (!Files.isRegularFile(file)) {
      throw new ProblemException(Kind.NOT_FOUND, "There is no file " + file + ".");
    }
    Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
    progress.accept(1);
  }

  private static URI address(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Kind.INVALID, "\"" + text + "\" is no address.", e);
    }
  }

  private void verify(CatalogueEntry entry, Path file, DoubleConsumer progress) throws IOException {
    String checksum = Checksum.of(file, progress);
    if (!checksum.equals(entry.sha256())) {
      throw new ProblemException(
          Kind.INVALID,
          "%s is not the file of %s: its SHA-256 is %s, it should be %s. Fetch it again."
              .formatted(file, entry.name(), checksum, entry.sha256()));
    }
  }

  /** Makes the model folder of a decoder, whose lock is held. */
  void export(CatalogueEntry entry, Path source, DoubleConsumer progress) throws IOException {
    files.ensureFree((long) (entry.bytes() * EXPORT_GROWTH), "Exporting " + entry.name());
    DecoderExport.export(
        source,
        files.folder(entry),
        ExportOptions.of(entry.name(), entry.sha256())
            .with(files.attention())
            .with(entry.languages(), entry.licence()),
        progress);
  }

  private boolean exported(CatalogueEntry entry) {
    return Files.exists(files.folder(entry));
  }

  /** Does what nobody else may do with the same decoder meanwhile. */
  <T> T locked(String name, WriterLock.Work<T> work) {
    return onDisk(() -> WriterLock.holding(files.locks(), name, work));
  }

  /** Does what may fail on disk. */
  <T> T onDisk(WriterLock.Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new ProblemException(
          Kind.UNAVAILABLE,
          "The models' folder cannot be read or written: " + Reason.of(e),
          e.toString(),
          e);
    }
  }
}
