package io.kvasir.keys;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may use a server.
 *
 * @param asked {@code auto}, {@code required} or {@code none}
 * @param key one that is accepted beside the stored ones; empty for none
 * @param standard what may be done with a key that has no limits of its own
 */
public record KeyOptions(String asked, Optional<String> key, KeyLimits standard) {
  private static final Setting<String> ASKED =
      Setting.text(
          "http.keys",
          "auto",
          Pattern.compile("auto|required|none"),
          "auto, required or none",
          "Whether requests need an API key; auto: unless http.host is loopback.");

  /** The one that commands of the terminal send. */
  public static final Setting<String> KEY =
      Setting.secret(
          "http.key",
          Pattern.compile("|\\S{20,200}"),
          "20 to 200 characters without a space",
          "A key that is accepted beside those of ./kvasir keys; commands of the terminal send it.");

  private static final Setting<Integer> REQUESTS_PER_MINUTE =
      Setting.number(
          "keys.requests-per-minute",
          600,
          0,
          1_000_000,
          "Requests a minute of a key that has no limit of its own; 0 for any number.");

  private static final Setting<Integer> TOKENS_PER_MINUTE =
      Setting.number(
          "keys.tokens-per-minute",
          100_000,
          0,
          1_000_000_000,
          "Tokens of prompts and answers a minute of such a key; 0 for any number.");

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.of(ASKED, KEY, REQUESTS_PER_MINUTE, TOKENS_PER_MINUTE);

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

  /** Those that are set. */
  public static KeyOptions of(Settings settings) {
    return new KeyOptions(
        settings.value(ASKED),
        settings.optional(KEY),
        new KeyLimits(settings.value(REQUESTS_PER_MINUTE), settings.value(TOKENS_PER_MINUTE)));
  }

  /** Whether requests to a server that listens there need a key. */
  public boolean requiredAt(String host) {
    return asked.equals("required")
        || (asked.equals("auto") && !LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches());
  }
}
