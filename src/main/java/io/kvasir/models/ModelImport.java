package io.kvasir.models;

import static io.kvasir.models.ModelStore.EXPORT_GROWTH;
import static io.kvasir.models.ModelStore.SHARE_OF_CHECKSUM;

import io.kvasir.core.Checksum;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Takes GGUF files that somebody brings into a store. Blocks. */
final class ModelImport {
  private static final double SHARE_BEFORE_COPYING = 0.95;

  private final ModelStore store;
  private final ModelFiles files;

  ModelImport(ModelStore store, ModelFiles files) {
    this.store = store;
    this.files = files;
  }

  /** See {@link ModelStore#importFile}. */
  CatalogueEntry take(Path file, @Nullable String name, DoubleConsumer progress) {
    if (!Files.isRegularFile(file)) {
      throw new ProblemException(
          Kind.NOT_FOUND,
          Files.exists(file)
              ? file + " is a folder or a device; name the file with the weights (.gguf)."
              : "There is no file " + file + ".");
    }
    String checksum =
        store.onDisk(() -> Checksum.of(file, share -> progress.accept(SHARE_OF_CHECKSUM * share)));
    Optional<CatalogueEntry> known =
        store.entries().stream().filter(entry -> entry.sha256().equals(checksum)).findFirst();
    if (known.isPresent() && (name == null || name.equals(known.get().name()))) {
      store.pull(known.get().name(), file.toString(), share -> {});
      store.prepare(known.get().name(), progress);
      return known.get();
    }
    String own = name == null ? ImportedModel.nameOf(String.valueOf(file.getFileName())) : name;
    CatalogueEntry.checkName(own);
    store.refuseTaken(own);
    return store.locked(own, () -> copy(file, own, checksum, progress));
  }

  /** Exports first: a file that cannot be used leaves nothing behind. */
  private CatalogueEntry copy(Path file, String name, String checksum, DoubleConsumer progress)
      throws IOException {
    CatalogueEntry described = ImportedModel.describe(file, name, checksum);
    long bytes = described.bytes();
    files.ensureFree(bytes + (long) (bytes * EXPORT_GROWTH), "Importing " + name);
    Files.createDirectories(files.sources());
    store.export(
        described,
        file,
        share ->
            progress.accept(
                SHARE_OF_CHECKSUM + (SHARE_BEFORE_COPYING - SHARE_OF_CHECKSUM) * share));
    Path partial = files.partial(described);
    Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
    Files.move(partial, files.kept(described), StandardCopyOption.ATOMIC_MOVE);
    CatalogueEntry entry = ImportedModel.measured(described, files.folder(described));
    files.remember(entry);
    progress.accept(1);
    return entry;
  }
}
