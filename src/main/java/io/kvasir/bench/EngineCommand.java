package io.kvasir.bench;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.core.ProblemException;
import io.kvasir.evaluate.dataset.DatasetReader;
import io.kvasir.evaluate.dataset.SourceDocument;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.models.Catalogue;
import io.kvasir.models.CatalogueEntry;
import io.kvasir.models.ModelOptions;
import io.kvasir.models.ModelStore;
import io.kvasir.onnx.EncodingBench;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.onnx.Provider;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code kvasir bench engine}: how fast a decoder reads and answers, as a table. */
public final class EngineCommand implements Command {
  /** Set by the launcher: the folder of the peer's programs. */
  private static final String PEER = "KVASIR_LAUNCHER_PEER";

  private static final int DEFAULT_ROUNDS = 4;
  private static final int ENCODER_THREADS = 2;
  private static final int ENCODED_PASSAGES = 64;

  @Override
  public String name() {
    return "bench engine";
  }

  @Override
  public String summary() {
    return "Measures how fast a decoder reads and answers, alone, together, watched, beside a peer.";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("model", "NAME", "The decoder. Default: the setting models.default."),
        new Option("threads", "N", "Threads of one pass. Default: every core."),
        new Option(
            "rounds",
            "N",
            "How often all is measured; 0 for the soak alone. Default: " + DEFAULT_ROUNDS + "."),
        new Option(
            "peer", "", "Beside llama.cpp, which is fetched and built the first time (minutes)."),
        new Option(
            "dataset", "FILE", "Paragraphs in SQuAD's format, for the encoder's row as well."),
        new Option(
            "quality",
            "",
            "With --peer and --dataset: what the peer's formats lose, too (a minute or two)."),
        new Option(
            "server",
            "URL",
            "A running server, whose event loop is watched while "
                + EngineStreams.STREAMS
                + " answers stream."),
        new Option(
            "soak",
            "N",
            "Asks N times, several at once, and shows whether memory grows (10,000: some minutes)."),
        new Option("out", "FOLDER", "Writes engine.json and engine.html there."));
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    arguments.none();
    int cores = Runtime.getRuntime().availableProcessors();
    int threads = arguments.number("threads", Integer::valueOf).orElse(cores);
    int rounds = Math.max(0, arguments.number("rounds", Integer::valueOf).orElse(DEFAULT_ROUNDS));
    Optional<Integer> soak = arguments.number("soak", Integer::valueOf);
    soak.ifPresent(EngineCommand::requireSoak);
    ModelOptions models = ModelOptions.of(terminal.settings());
    String model = arguments.value("model").orElse(models.standard());
    ModelStore store = new ModelStore(models.dir(), models.shipped(), Catalogue.shipped());
    Path folder = store.prepare(model, done -> {});
    EnginePeer peer = arguments.has("peer") ? peer(store.source(model), models, threads) : null;
    TimedDecoder timed = new TimedDecoder();
    try (BatchingGenerator generator =
            OnnxDecoders.load(folder, EngineBench.options(threads), Provider.CPU, timed::around);
        EncodingBench encoding =
            arguments.value("dataset").map(EngineCommand::encoding).orElse(null)) {
      EngineBench bench = new EngineBench(new EngineLoad(generator), timed, peer, encoding);
      bench.run(rounds, terminal.err());
      arguments
          .value("server")
          .map(server -> new EngineStreams(URI.create(server), model, key(terminal)))
          .ifPresent(bench::streams);
      soak.ifPresent(requests -> bench.soak(requests, terminal.err()));
      Map<String, String> about = about(generator, store.entry(model), threads, peer);
      if (arguments.has("quality")) {
        about.putAll(quality(peer, arguments.value("dataset"), work(models), threads));
      }
      EngineReport report = bench.report(about);
      report.print(terminal.out());
      arguments.value("out").map(Path::of).ifPresent(report::write);
    }
    return ExitCode.OK;
  }

  private static void requireSoak(int requests) {
    if (requests < EngineSoak.MARKS) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "--soak is %d; it can be %d or more".formatted(requests, EngineSoak.MARKS));
    }
  }

  private static String key(Terminal terminal) {
    return terminal.environment().getOrDefault("KVASIR_HTTP_KEY", "");
  }

  private static EnginePeer peer(Path weights, ModelOptions models, int threads) {
    String programs = System.getenv(PEER);
    if (programs == null || !Files.isExecutable(Path.of(programs, "llama-bench"))) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE,
          "llama.cpp's programs are not in "
              + programs
              + "; ./kvasir bench engine --peer fetches and builds them, or name their folder: "
              + PEER);
    }
    return new EnginePeer(Path.of(programs), weights, work(models), threads);
  }

  private static Path work(ModelOptions models) {
    return models.dir().resolve("peer");
  }

  private static Map<String, String> quality(
      @Nullable EnginePeer peer, Optional<String> dataset, Path work, int threads) {
    if (peer == null || dataset.isEmpty()) {
      throw new ProblemException(
          ProblemException.Kind.INVALID, "--quality needs --peer and --dataset FILE");
    }
    Map<String, String> means = new LinkedHashMap<>();
    new EngineQuality(peer, work, threads)
        .divergence(DatasetReader.read(Path.of(dataset.get())))
        .forEach((format, mean) -> means.put("KL of llama.cpp " + format, mean.toString()));
    return means;
  }

  private static EncodingBench encoding(String file) {
    return new EncodingBench(
        Catalogue.shipped().encoder("en"), paragraphs(file, ENCODED_PASSAGES), ENCODER_THREADS);
  }

  private static List<String> paragraphs(String file, int most) {
    return DatasetReader.read(Path.of(file)).documents().stream()
        .map(SourceDocument::text)
        .limit(most)
        .toList();
  }

  private static Map<String, String> about(
      BatchingGenerator generator, CatalogueEntry entry, int threads, @Nullable EnginePeer peer) {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("threads", Integer.toString(threads));
    about.put("decoder", entry.name() + ", " + generator.description().format());
    about.put("SHA-256 of the weights", entry.sha256());
    about.put("ONNX Runtime", OnnxDecoders.runtimeVersion());
    if (peer != null) {
      about.put("llama.cpp", peer.version());
    }
    return about;
  }
}
