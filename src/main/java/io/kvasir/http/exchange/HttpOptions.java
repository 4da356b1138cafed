package io.kvasir.http.exchange;

import io.kvasir.core.ProblemException;
import io.kvasir.core.Sampling;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The server's settings and every limit it keeps.
 *
 * @param host the address to bind; loopback unless somebody decides otherwise
 * @param port the port to bind; 0 for any free one
 * @param allowedHosts names beside the loopback ones under which browsers may call the server
 * @param uploads where uploaded files wait for ingestion
 * @param sampling what a request gets that does not say how to choose tokens
 * @param maxTokensLimit the most tokens a request may ask for
 * @param limits how much a client may send and hold
 */
public record HttpOptions(
    String host,
    int port,
    List<String> allowedHosts,
    Path uploads,
    Sampling sampling,
    int maxTokensLimit,
    Limits limits) {
  /**
   * How much a client may send and hold.
   *
   * @param bodyBytes the largest JSON body ({@code http.max-body-bytes})
   * @param uploadBytes the largest upload, all files together ({@code http.max-upload-bytes})
   * @param uploadFiles the most files of one upload
   * @param headerBytes the largest header section ({@code http.max-header-bytes})
   * @param connections the most connections at once ({@code http.max-connections})
   * @param questionCharacters the longest question
   * @param conversationCharacters the longest chat of {@code /v1}, all messages together
   * @param embeddingInputs the most texts of one embedding request, as many as OpenAI's service
   *     takes
   * @param exportBytes the largest page that a contrast is exported into
   * @param bodyTime how long a JSON body may take to arrive
   * @param uploadTime how long an upload may take to arrive ({@code http.upload-seconds})
   * @param keepAlive how long a connection may stay open without a request
   * @param idle how long a connection may carry nothing in either direction
   * @param stalled how long a reader of a stream may read nothing before it is dropped
   * @param ping how often a quiet stream says that it lives
   * @param grace how long running requests may take to end when the server stops
   */
  public record Limits(
      int bodyBytes,
      long uploadBytes,
      int uploadFiles,
      int headerBytes,
      int connections,
      int questionCharacters,
      int conversationCharacters,
      int embeddingInputs,
      int exportBytes,
      Duration bodyTime,
      Duration uploadTime,
      Duration keepAlive,
      Duration idle,
      Duration stalled,
      Duration ping,
      Duration grace) {
    /** What a server gets that says nothing else. */
    public static final Limits DEFAULT =
        new Limits(
            1 << 20,
            512L << 20,
            1_000,
            16 << 10,
            1_000,
            8_000,
            100_000,
            2_048,
            16 << 20,
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            Duration.ofSeconds(75),
            Duration.ofMinutes(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(5));

    public Limits {
      atLeastOne("http.max-body-bytes", bodyBytes);
      atLeastOne("http.max-upload-bytes", uploadBytes);
      atLeastOne("http.max-connections", connections);
    }

    /** The same limits with those that settings name. */
    public Limits with(
        long bodyBytes, long uploadBytes, Duration uploadTime, int headerBytes, int connections) {
      return new Limits(
          Math.toIntExact(bodyBytes),
          uploadBytes,
          uploadFiles,
          headerBytes,
          connections,
          questionCharacters,
          conversationCharacters,
          embeddingInputs,
          exportBytes,
          bodyTime,
          uploadTime,
          keepAlive,
          idle,
          stalled,
          ping,
          grace);
    }

    private static void atLeastOne(String name, long value) {
      if (value < 1) {
        throw new ProblemException(
            ProblemException.Kind.INVALID, "%s is %d; it must be 1 or more".formatted(name, value));
      }
    }
  }

  public HttpOptions {
    allowedHosts = List.copyOf(allowedHosts);
    if (port < 0 || port > 65_535) {
      throw new ProblemException(
          ProblemException.Kind.INVALID, "http.port is %d; it can be 0 to 65535".formatted(port));
    }
  }

  /** A server on loopback with every default. */
  public static HttpOptions onLoopback(int port, Path uploads) {
    return new HttpOptions(
        "127.0.0.1", port, List.of(), uploads, Sampling.GREEDY, 1_024, Limits.DEFAULT);
  }
}
