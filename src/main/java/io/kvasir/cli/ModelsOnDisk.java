package io.kvasir.cli;

import io.kvasir.config.Settings;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelStore;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/** The decoders of this machine, reached as files: no server is needed. */
public final class ModelsOnDisk {
  private ModelsOnDisk() {}

  static ModelStore open(Terminal terminal) {
    return open(Settings.load(terminal.environment()));
  }

  /** The store that the settings name, of decoders for what they compute on. */
  public static ModelStore open(Settings settings) {
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
