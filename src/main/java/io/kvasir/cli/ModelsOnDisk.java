package io.kvasir.cli;

import io.kvasir.config.Settings;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.generate.EngineOptions;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelOptions;
import io.kvasir.models.ModelStore;
import java.util.Locale;
import java.util.function.DoubleConsumer;

/** The decoders of this machine, reached as files: no server is needed. */
public final class ModelsOnDisk {
  private ModelsOnDisk() {}

  static ModelStore open(Terminal terminal) {
    return open(terminal.settings());
  }

  /** The store that the settings name, of decoders for what they compute on. */
  public static ModelStore open(Settings settings) {
    ModelOptions models = ModelOptions.of(settings);
    return new ModelStore(
        models.dir(),
        models.shipped(),
        Catalogue.shipped(),
        AttentionPrecision.on(settings.value(EngineOptions.PROVIDER)));
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
