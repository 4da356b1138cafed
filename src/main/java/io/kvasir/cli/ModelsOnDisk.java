package io.kvasir.cli;

import io.kvasir.config.Settings;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelStore;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/** The decoders of this machine, reached as files: no server is needed. */
final class ModelsOnDisk {
  private ModelsOnDisk() {}

  /** The store that the settings name. */
  static ModelStore open(Terminal terminal) {
    Settings settings = Settings.load(terminal.environment());
    return new ModelStore(
        settings.models().dir(),
        settings.models().shipped(),
        Catalogue.shipped(),
        settings.engine().attention());
  }

  /** Shows how far a step is. */
  static DoubleConsumer progress(String step, Terminal terminal) {
    return share -> terminal.progress("%s: %.0f %%".formatted(step, 100 * share));
  }

  /** A size in words. */
  static String size(long bytes) {
    return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }
}
