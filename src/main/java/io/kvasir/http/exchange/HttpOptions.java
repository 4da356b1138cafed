package io.kvasir.http.exchange;

import io.kvasir.config.Endpoint;
import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.core.Sampling;
import java.nio.file.Path;
import java.util.List;

/**
 * How requests are served.
 *
 * @param endpoint where the server listens
 * @param allowedHosts names beside the loopback ones under which browsers may call the server
 * @param uploads where uploaded files wait for ingestion
 * @param sampling what a request gets that does not say how to choose tokens
 * @param limits how much a client may send and hold
 */
public record HttpOptions(
    Endpoint endpoint,
    List<String> allowedHosts,
    Path uploads,
    Sampling sampling,
    HttpLimits limits) {
  private static final Setting<List<String>> ALLOWED_HOSTS =
      Setting.list(
          "http.allowed-hosts",
          "host names, divided by commas",
          "Names, beside localhost, under which browsers may reach the server.",
          host -> host);

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.join(
          List.of(
              KnownSettings.of(Endpoint.HOST, Endpoint.PORT),
              HttpLimits.SETTINGS,
              KnownSettings.of(ALLOWED_HOSTS)));

  public HttpOptions {
    allowedHosts = List.copyOf(allowedHosts);
  }

  /**
   * Those that are set.
   *
   * @param uploads where the uploads of this server wait
   */
  public static HttpOptions of(Settings settings, Path uploads) {
    return new HttpOptions(
        Endpoint.of(settings),
        settings.value(ALLOWED_HOSTS),
        uploads,
        sampling(settings),
        HttpLimits.of(settings));
  }

  /** How tokens are chosen where nobody says. */
  public static Sampling sampling(Settings settings) {
    return Sampling.GREEDY.withMaxTokens(settings.value(ContrastLimits.STANDARD_TOKENS));
  }
}
