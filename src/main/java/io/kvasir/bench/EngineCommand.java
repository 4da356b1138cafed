package io.kvasir.bench;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.config.Settings;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelStore;
import io.kvasir.onnx.OnnxDecoders;
import java.nio.file.Path;
import java.util.List;

/** {@code kvasir bench engine}: how fast a decoder reads and answers, as a table. */
public final class EngineCommand implements Command {
  private static final int DEFAULT_ROUNDS = 5;

  @Override
  public String name() {
    return "bench engine";
  }

  @Override
  public String summary() {
    return "measure how fast a decoder reads and answers, alone, together and watched";
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
        new Option("rounds", "N", "How often each is measured. Default: " + DEFAULT_ROUNDS + "."),
        new Option("out", "FOLDER", "Writes engine.json there."));
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    arguments.none();
    int threads = arguments.number("threads", Integer::valueOf).orElse(0);
    int rounds = Math.max(1, arguments.number("rounds", Integer::valueOf).orElse(DEFAULT_ROUNDS));
    Settings settings = Settings.load(System.getenv());
    String model = arguments.value("model").orElse(settings.models().standard());
    ModelStore store =
        new ModelStore(settings.models().dir(), settings.models().shipped(), Catalogue.shipped());
    Path folder = store.prepare(model, done -> {});
    try (BatchingGenerator generator = OnnxDecoders.load(folder, EngineBench.options(threads))) {
      EngineBench bench = new EngineBench(generator, terminal.out(), rounds);
      bench.run();
      arguments.value("out").map(Path::of).ifPresent(bench::write);
    }
    return ExitCode.OK;
  }
}
