package io.kvasir.models;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.Checksum;
import io.kvasir.gguf.TinyGguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store of one tiny decoder, which a real server gives. */
final class StoreUnderTest implements AutoCloseable {
  static final String NAME = "Tiny-1";

  final byte[] content = TinyGguf.of("llama").bytes();
  final GgufServer server;
  final Path root;
  private final Path folder;

  StoreUnderTest(Path folder) throws IOException {
    this.server = new GgufServer(content);
    this.folder = folder;
    this.root = folder.resolve("models");
  }

  Path kept() {
    return root.resolve("sources/tiny.gguf");
  }

  Path partial() {
    return root.resolve("sources/tiny.gguf.part");
  }

  ModelStore store() {
    return store(published());
  }

  ModelStore store(CatalogueEntry entry) {
    return new ModelStore(root, folder.resolve("shipped"), catalogue(entry));
  }

  /** The same for decoders whose attention has this precision. */
  ModelStore store(AttentionPrecision precision) {
    return new ModelStore(root, folder.resolve("shipped"), catalogue(published()), precision);
  }

  private static Catalogue catalogue(CatalogueEntry entry) {
    return new Catalogue(List.of(entry), Map.of(), List.of());
  }

  private CatalogueEntry published() {
    return entry(content.length, sha256(), server.url());
  }

  private String sha256() {
    try {
      return Checksum.of(Files.write(folder.resolve("whole"), content), share -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static CatalogueEntry entry(long bytes, String sha256, @Nullable String url) {
    return new CatalogueEntry(
        NAME, "Tiny", List.of("de"), "MIT", bytes, sha256, url, "tiny.gguf", 512, 1, 1, true);
  }

  @Override
  public void close() {
    server.close();
  }
}
