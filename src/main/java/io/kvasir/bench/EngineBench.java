package io.kvasir.bench;

import io.kvasir.generate.EngineOptions;
import io.kvasir.onnx.EncodingBench;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How fast a decoder reads and answers, beside a peer and beside itself. Everything is measured
 * once in each round, so that a busy machine slows all sides alike.
 */
final class EngineBench {
  /** Slots of the decoder that is measured. */
  static final int SLOTS = 4;

  private static final int CONTEXT = 4_096;
  private static final int WARMING_TURNS = 2;

  /** How often a server is loaded with streams. */
  private static final int STREAM_ROUNDS = 3;

  private final EngineLoad load;
  private final TimedDecoder decoder;
  private final @Nullable EnginePeer peer;
  private final @Nullable EncodingBench encoding;
  private final Map<EngineSpeed, EngineRow> speeds = new EnumMap<>(EngineSpeed.class);
  private final Map<EngineShare, EngineRow> shares = new EnumMap<>(EngineShare.class);
  private final EngineRow encoded =
      EngineRow.alone(
          "passages encoded a second, from text : ONNX Runtime alone on the same batches",
          "",
          0.9,
          true);
  private final EngineRow stall =
      EngineRow.alone(
          "a server's event loop while %d answers stream: no later than"
              .formatted(EngineStreams.STREAMS),
          "ms",
          50,
          false);
  private final EngineRow streaming =
      EngineRow.alone(
          "writing a token to its reader: a server's event loop : the step", "", Double.NaN, false);
  // Two hundredths of a gigabyte are 2 kB a request of 10,000: less than its prompt and its events.
  private final EngineRow growth =
      EngineRow.alone("resident memory after a soak : after its first tenth", "", 1.02, false);
  private final Map<String, String> facts = new LinkedHashMap<>();

  /**
   * A bench.
   *
   * @param load asks the decoder
   * @param decoder what it answers with
   * @param peer null to measure without
   * @param encoding null to measure without
   */
  EngineBench(
      EngineLoad load,
      TimedDecoder decoder,
      @Nullable EnginePeer peer,
      @Nullable EncodingBench encoding) {
    this.load = load;
    this.decoder = decoder;
    this.peer = peer;
    this.encoding = encoding;
    List<String> formats =
        peer == null
            ? List.of()
            : Arrays.stream(EnginePeer.Format.values()).map(Enum::name).toList();
    for (EngineSpeed speed : EngineSpeed.values()) {
      double goal = peer == null ? Double.NaN : speed.goal();
      speeds.put(speed, EngineRow.beside(speed.title(), "tok/s", goal, formats));
    }
    for (EngineShare share : EngineShare.values()) {
      shares.put(share, EngineRow.alone(share.title(), "", share.most(), false));
    }
  }

  /** How the decoder is run that is measured. */
  static EngineOptions options(int threads) {
    return EngineOptions.DEFAULTS.withThreads(threads).withCache(SLOTS, CONTEXT);
  }

  /** Measures some rounds. Blocks. */
  void run(int rounds, PrintStream progress) {
    facts.put("load before", EngineMachine.load());
    if (peer != null) {
      for (EnginePeer.Format format : EnginePeer.Format.values()) {
        peer.weights(format);
      }
    }
    if (rounds > 0) {
      warmUp();
    }
    for (int round = 1; round <= rounds; round++) {
      progress.printf("round %d of %d%n", round, rounds);
      round();
    }
    facts.put("rounds", Integer.toString(rounds));
    facts.put("tokens of an answer", Integer.toString(EngineLoad.TOKENS));
  }

  /** The work of Java's compiler, which goes on for some hundred steps, is not what is measured. */
  private void warmUp() {
    for (int turn = 0; turn < WARMING_TURNS; turn++) {
      EngineSpeed.decode(load);
      EngineShare.watching(load, load.answered(EngineSpeed.SHORT));
    }
    if (encoding != null) {
      encoding.product();
    }
  }

  private void round() {
    EngineSpeed.decode(load).forEach((speed, value) -> row(speed).values().add(value));
    row(EngineSpeed.PREFILL)
        .values()
        .add(EngineSpeed.READ / load.firstTokenSeconds(load.prompt(EngineSpeed.READ)));
    EnginePeer other = peer;
    if (other != null) {
      for (EnginePeer.Format format : EnginePeer.Format.values()) {
        other.measure(format).forEach((speed, value) -> series(speed, format).add(value));
      }
    }
    EngineShare.measure(load, decoder)
        .forEach(
            (share, value) -> {
              EngineRow row = shares.get(share);
              if (row != null) {
                row.values().add(value);
              }
            });
    if (encoding != null) {
      double product = encoding.product();
      encoded.values().add(product / encoding.runtime());
    }
  }

  /** Loads a server with streams and looks at how long its event loop was busy. Blocks. */
  void streams(EngineStreams streams) {
    for (int round = 1; round <= STREAM_ROUNDS; round++) {
      EngineStreams.Load found = streams.load();
      stall.values().add(found.loop().latestMillis());
      List<Double> checks = found.checks();
      facts.put(
          "event loop, %d streams, round %d".formatted(EngineStreams.STREAMS, round),
          "%s; %d health checks of a client beside it: p50 %.1f ms, p99 %.1f ms, slowest %.1f ms"
              .formatted(
                  found.loop(),
                  checks.size(),
                  Series.quantile(checks, 0.5),
                  Series.quantile(checks, 0.99),
                  Series.quantile(checks, 1)));
      EngineStreams.Alone alone = streams.alone();
      streaming.values().add(alone.loopMillis() / alone.stepMillis());
      facts.put(
          "event loop, one stream, round " + round,
          "%.3f ms a token, a step takes %.1f ms"
              .formatted(alone.loopMillis(), alone.stepMillis()));
    }
  }

  /** Asks the decoder so many times and looks at what that leaves in memory. Blocks. */
  void soak(int requests, PrintStream progress) {
    EngineSoakResult result = new EngineSoak(load).run(requests, progress);
    growth.values().add(result.growth());
    facts.putAll(result.facts());
  }

  private EngineRow row(EngineSpeed speed) {
    EngineRow row = speeds.get(speed);
    if (row == null) {
      throw new IllegalStateException("every speed has a row");
    }
    return row;
  }

  private Series series(EngineSpeed speed, EnginePeer.Format format) {
    return row(speed).others().getOrDefault(format.name(), new Series());
  }

  /** What was measured. */
  EngineReport report(Map<String, String> about) {
    Map<String, String> all = new LinkedHashMap<>(EngineMachine.describe());
    all.putAll(about);
    all.putAll(facts);
    List<EngineRow> rows = new ArrayList<>(speeds.values());
    rows.addAll(shares.values());
    rows.addAll(List.of(encoded, stall, streaming, growth));
    rows.removeIf(row -> row.values().values().isEmpty());
    return new EngineReport(load.generator().description().name(), all, rows);
  }
}
