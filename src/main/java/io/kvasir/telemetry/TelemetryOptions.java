package io.kvasir.telemetry;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a server is watched.
 *
 * @param logFormat {@code text} or {@code json}
 * @param logContent whether questions and answers are logged
 * @param endpoint where traces go; empty for nowhere
 */
public record TelemetryOptions(String logFormat, boolean logContent, Optional<String> endpoint) {
  private static final Setting<String> LOG_FORMAT =
      Setting.text(
          "log.format",
          "text",
          Pattern.compile("text|json"),
          "text or json",
          "How the server writes its log: for people, or one JSON object a line.");

  private static final Setting<Boolean> LOG_CONTENT =
      Setting.flag("log.content", false, "Whether questions and answers are written into the log.");

  private static final Setting<String> ENDPOINT =
      Setting.text(
          "telemetry.endpoint",
          "",
          Pattern.compile("|https?://\\S+"),
          "http://host:port",
          "The OpenTelemetry collector that gets traces by OTLP over HTTP; empty for none.");

  /** All of them. */
  public static final KnownSettings SETTINGS = KnownSettings.of(LOG_FORMAT, LOG_CONTENT, ENDPOINT);

  /** Those that are set. */
  public static TelemetryOptions of(Settings settings) {
    return new TelemetryOptions(
        settings.value(LOG_FORMAT), settings.value(LOG_CONTENT), settings.optional(ENDPOINT));
  }
}
