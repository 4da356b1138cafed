package io.kvasir.http.exchange;

import io.kvasir.config.Endpoint;
import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import java.time.Duration;

/**
 * How much a client of the server may send and hold.
 *
 * @param requests what is not an upload
 * @param uploads what is one
 * @param connections those that are open
 * @param streams answers that come piece by piece
 * @param conversationCharacters the longest chat of {@code /v1}, all messages together
 * @param embeddingInputs the most texts of one embedding request, as many as OpenAI's service takes
 * @param exportBytes the largest page that a contrast is exported into
 */
public record HttpLimits(
    Requests requests,
    Uploads uploads,
    Connected connections,
    Streams streams,
    int conversationCharacters,
    int embeddingInputs,
    int exportBytes) {
  /**
   * Requests that are no upload.
   *
   * @param bodyBytes the largest JSON body ({@code http.max-body-bytes})
   * @param headerBytes the largest header section ({@code http.max-header-bytes})
   * @param bodyTime how long a JSON body may take to arrive
   */
  public record Requests(int bodyBytes, int headerBytes, Duration bodyTime) {}

  /**
   * Uploads.
   *
   * @param bytes the largest, all files together ({@code http.max-upload-bytes})
   * @param files the most files of one
   * @param time how long one may take to arrive ({@code http.upload-seconds})
   * @param modelBytes the largest of a decoder's weights ({@code http.max-model-bytes})
   */
  public record Uploads(long bytes, int files, Duration time, long modelBytes) {
    /** Those of everything but weights. */
    public Uploads(long bytes, int files, Duration time) {
      this(bytes, files, time, bytes);
    }

    /** What limits documents and datasets. */
    public Limit limit() {
      return new Limit(bytes, Endpoint.MAX_UPLOAD_BYTES.key());
    }

    /** What limits weights. */
    public Limit model() {
      return new Limit(modelBytes, MAX_MODEL_BYTES.key());
    }
  }

  /**
   * A limit and who sets it.
   *
   * @param bytes the most
   * @param setting its name
   */
  public record Limit(long bytes, String setting) {}

  /**
   * Open connections.
   *
   * @param most at once ({@code http.max-connections})
   * @param keepAlive how long one may stay open without a request
   * @param idle how long one may carry nothing in either direction
   */
  public record Connected(int most, Duration keepAlive, Duration idle) {}

  /**
   * Streams of events.
   *
   * @param stalled how long a reader may read nothing before it is dropped
   * @param ping how often a quiet stream says that it lives
   * @param grace how long running requests may take to end when the server stops
   */
  public record Streams(Duration stalled, Duration ping, Duration grace) {}

  private static final Setting<Long> MAX_BODY_BYTES =
      Setting.bytes(
          "http.max-body-bytes", "1MiB", "1KiB", "64MiB", "The largest request that is no upload.");

  private static final Setting<Duration> UPLOAD_TIME =
      Setting.seconds(
          "http.upload-seconds", 900, 1, 86_400, "How long an upload may take to arrive.");

  private static final Setting<Long> MAX_MODEL_BYTES =
      Setting.bytes(
          "http.max-model-bytes",
          "8GiB",
          "1KiB",
          "256GiB",
          "The largest GGUF file that is uploaded.");

  private static final Setting<Integer> MAX_HEADER_BYTES =
      Setting.number(
          "http.max-header-bytes", 16_384, 1_024, 1_048_576, "The most that headers may take.");

  private static final Setting<Integer> MAX_CONNECTIONS =
      Setting.number("http.max-connections", 1_000, 1, 100_000, "Open connections at a time.");

  /** Those that can be set. */
  static final KnownSettings SETTINGS =
      KnownSettings.of(
          MAX_BODY_BYTES,
          Endpoint.MAX_UPLOAD_BYTES,
          MAX_MODEL_BYTES,
          UPLOAD_TIME,
          MAX_HEADER_BYTES,
          MAX_CONNECTIONS);

  /** What is used unless settings say otherwise. */
  public static final HttpLimits DEFAULT = of(Settings.DEFAULTS);

  /** Those that are set, and those that nobody sets. */
  static HttpLimits of(Settings settings) {
    return new HttpLimits(
        new Requests(
            Math.toIntExact(settings.value(MAX_BODY_BYTES)),
            settings.value(MAX_HEADER_BYTES),
            Duration.ofSeconds(30)),
        new Uploads(
            settings.value(Endpoint.MAX_UPLOAD_BYTES),
            1_000,
            settings.value(UPLOAD_TIME),
            settings.value(MAX_MODEL_BYTES)),
        new Connected(
            settings.value(MAX_CONNECTIONS), Duration.ofSeconds(75), Duration.ofMinutes(20)),
        new Streams(Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(5)),
        100_000,
        2_048,
        16 << 20);
  }

  /** The same with others for requests. */
  public HttpLimits with(Requests other) {
    return new HttpLimits(
        other, uploads, connections, streams, conversationCharacters, embeddingInputs, exportBytes);
  }

  /** The same with others for uploads. */
  public HttpLimits with(Uploads other) {
    return new HttpLimits(
        requests,
        other,
        connections,
        streams,
        conversationCharacters,
        embeddingInputs,
        exportBytes);
  }

  /** The same with others for connections. */
  public HttpLimits with(Connected other) {
    return new HttpLimits(
        requests, uploads, other, streams, conversationCharacters, embeddingInputs, exportBytes);
  }

  /** The same with others for streams. */
  public HttpLimits with(Streams other) {
    return new HttpLimits(
        requests,
        uploads,
        connections,
        other,
        conversationCharacters,
        embeddingInputs,
        exportBytes);
  }
}
