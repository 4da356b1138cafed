package io.kvasir.models;

import io.kvasir.core.AttentionPrecision;
import java.nio.file.Path;

/**
 * The decoder that Kvasir comes with, exported once for all tests of a build: exporting takes
 * longer than most of them. Whoever comes second waits, in another process too. {@code mvn clean}
 * and {@code ./kvasir test} forget it.
 */
public final class ShippedDecoder {
  private ShippedDecoder() {}

  /** Its model folder. */
  public static Path exported(AttentionPrecision attention) {
    return new ModelStore(
            Path.of("target", "shipped"), Path.of("models"), Catalogue.shipped(), attention)
        .prepare(entry().name(), done -> {});
  }

  /** What the catalogue says of it. */
  public static CatalogueEntry entry() {
    return Catalogue.shipped().decoders().get(0);
  }
}
