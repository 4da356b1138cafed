package io.kvasir.models;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where the weights are, and which of them answer.
 *
 * @param standard the decoder that answers when nobody names one
 * @param dir where they are kept
 * @param shipped where those lie that come with Kvasir
 * @param largest bytes of a file that is fetched from an address outside the catalogue
 */
public record ModelOptions(String standard, Path dir, Path shipped, long largest) {
  private static final Setting<String> STANDARD =
      Setting.text(
          "models.default",
          "SmolLM2-135M-Instruct",
          Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
          "the name of a model (see: kvasir models list)",
          "The decoder that answers when nobody names one.");

  private static final Setting<String> DIR =
      Setting.text(
          "models.dir", "", "a folder", "Where weights are kept. Default: models in data.dir.");

  private static final Setting<String> SHIPPED =
      Setting.text(
          "models.shipped",
          "models",
          "a folder",
          "Where the weights lie that come with Kvasir; the launcher fills it in.");

  private static final Setting<Long> LARGEST =
      Setting.bytes(
          "models.max-file-bytes",
          "8GiB",
          "1KiB",
          "256GiB",
          "The largest GGUF file that is fetched from an address outside the catalogue.");

  /** All of them. */
  public static final KnownSettings SETTINGS = KnownSettings.of(STANDARD, DIR, SHIPPED, LARGEST);

  /** Those that are set. */
  public static ModelOptions of(Settings settings) {
    return new ModelOptions(
        settings.value(STANDARD),
        settings
            .optional(DIR)
            .map(Path::of)
            .orElseGet(() -> settings.dataFolder().resolve("models")),
        Path.of(settings.value(SHIPPED)),
        settings.value(LARGEST));
  }
}
