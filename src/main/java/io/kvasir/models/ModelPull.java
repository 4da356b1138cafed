package io.kvasir.models;

import io.kvasir.core.Checksum;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.gguf.HeaderCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/** Fetches GGUF files that are in no catalogue into a store. Blocks. */
final class ModelPull {
  private static final double SHARE_OF_FETCHING = 0.8;
  private static final double SHARE_WITH_CHECKSUM = 0.85;

  /** The header is tried at this many bytes, and each time that twice as many have come. */
  private static final long FIRST_LOOK = 1 << 20;

  private final ModelStore store;
  private final ModelFiles files;

  ModelPull(ModelStore store, ModelFiles files) {
    this.store = store;
    this.files = files;
  }

  /** See {@link ModelStore#pull(PublishedFile, DoubleConsumer)}. */
  CatalogueEntry take(PublishedFile published, DoubleConsumer progress) {
    Optional<CatalogueEntry> known =
        store.entries().stream()
            .filter(entry -> entry.sha256().equals(published.sha256()))
            .findFirst();
    if (known.isPresent()) {
      store.pull(known.get().name(), published.address().toString(), progress);
      return known.get();
    }
    store.refuseTaken(published.name());
    return store.locked(published.name(), () -> fetch(published, progress));
  }

  private CatalogueEntry fetch(PublishedFile published, DoubleConsumer progress)
      throws IOException {
    long bytes = RemoteSize.of(published.address(), ModelStore.STALL);
    if (bytes > published.most()) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "%s has %,d bytes, and may have %,d (setting models.max-file-bytes)."
              .formatted(published.address(), bytes, published.most()));
    }
    Files.createDirectories(files.sources());
    Path partial = files.partial(ImportedModel.fileOf(published.sha256()));
    files.ensureFree(files.toFetch(bytes, partial), "Fetching " + published.name());
    try {
      Look look = new Look(partial, bytes);
      new Download(published.address(), bytes, ModelStore.STALL)
          .complete(
              partial,
              share -> {
                look.again();
                progress.accept(SHARE_OF_FETCHING * share);
              });
      return keep(published, partial, progress);
    } catch (ProblemException refused) {
      if (refused.kind() == Kind.INVALID) {
        Files.deleteIfExists(partial);
      }
      throw refused;
    }
  }

  private CatalogueEntry keep(PublishedFile published, Path partial, DoubleConsumer progress)
      throws IOException {
    String checksum =
        Checksum.of(
            partial,
            share ->
                progress.accept(
                    SHARE_OF_FETCHING + (SHARE_WITH_CHECKSUM - SHARE_OF_FETCHING) * share));
    if (!checksum.equals(published.sha256())) {
      throw new ProblemException(
          Kind.INVALID,
          "What %s gives has the SHA-256 %s, not %s; nothing of it is kept. Compare with what its publisher names."
              .formatted(published.address(), checksum, published.sha256()));
    }
    CatalogueEntry described =
        ImportedModel.describe(partial, published.name(), checksum)
            .from(published.address().toString());
    store.export(
        described,
        partial,
        share -> progress.accept(SHARE_WITH_CHECKSUM + (1 - SHARE_WITH_CHECKSUM) * share));
    Files.move(partial, files.kept(described), StandardCopyOption.ATOMIC_MOVE);
    CatalogueEntry entry = ImportedModel.measured(described, files.folder(described));
    files.remember(entry);
    return entry;
  }

  /** Looks at what has arrived until it is known that it can be used. */
  private static final class Look {
    private final Path partial;
    private final long bytes;
    private long next = FIRST_LOOK;

    private Look(Path partial, long bytes) {
      this.partial = partial;
      this.bytes = bytes;
    }

    private void again() {
      try {
        long here = Files.size(partial);
        if (here >= Math.min(next, bytes)) {
          next = HeaderCheck.passes(partial, bytes) ? Long.MAX_VALUE : 2 * here;
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
