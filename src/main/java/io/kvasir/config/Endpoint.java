package io.kvasir.config;

import java.util.regex.Pattern;

/**
 * Where the server is asked; the server and the commands of the terminal read the same settings.
 *
 * @param host the address to listen on; loopback unless somebody decides otherwise
 * @param port the port to listen on; 0 for any free one
 */
public record Endpoint(String host, int port) {
  /** The address. */
  public static final Setting<String> HOST =
      Setting.text(
          "http.host",
          "127.0.0.1",
          Pattern.compile("\\S+"),
          "an address or name of this machine",
          "The address to listen on; 0.0.0.0 for every one.");

  /** The port. */
  public static final Setting<Integer> PORT =
      Setting.number("http.port", 8080, 0, 65_535, "The port to listen on; 0 for any free one.");

  /** The largest upload that is taken there. */
  public static final Setting<Long> MAX_UPLOAD_BYTES =
      Setting.bytes(
          "http.max-upload-bytes",
          "512MiB",
          "1MiB",
          "16GiB",
          "The largest upload, all its files together.");

  /** The one that is set. */
  public static Endpoint of(Settings settings) {
    return new Endpoint(settings.value(HOST), settings.value(PORT));
  }
}
