package io.kvasir.bench;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.core.ProblemException;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.DatasetReader;
import io.kvasir.evaluate.dataset.Half;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.EngineOptions;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelOptions;
import io.kvasir.models.ModelStore;
import io.kvasir.onnx.OnnxDecoders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code kvasir bench answers}: how well a decoder answers labelled questions. */
public final class AnswersCommand implements Command {
  @Override
  public String name() {
    return "bench answers";
  }

  @Override
  public String summary() {
    return "Measures a decoder's answers on labelled questions (SQuAD's format).";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("dataset", "FILE", "The questions, in SQuAD's JSON format."),
        new Option("model", "NAME", "The decoder. Default: the setting models.default."),
        new Option("language", "CODE", "Of the prompts, en or zh. Default: en."),
        new Option(
            "half",
            "WHICH",
            "choose: every second question from the first, for choosing a prompt; report: the"
                + " others; all. Default: report."),
        new Option("questions", "N", "Only the first N of them."),
        new Option("show", "", "Prints every question, gold answer and answer."));
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    arguments.none();
    ModelOptions models = ModelOptions.of(terminal.settings());
    Dataset questions = questions(arguments);
    String model = arguments.value("model").orElse(models.standard());
    ModelStore store = new ModelStore(models.dir(), models.shipped(), Catalogue.shipped());
    EngineOptions options = EngineOptions.DEFAULTS;
    try (BatchingGenerator generator =
        OnnxDecoders.load(store.prepare(model, done -> {}), options)) {
      new AnswerBench(generator, arguments.value("language").orElse("en"), options.slots())
          .run(questions, arguments.has("show"), terminal.out());
    }
    return ExitCode.OK;
  }

  private static Dataset questions(Arguments arguments) {
    Path file =
        arguments
            .value("dataset")
            .map(Path::of)
            .orElseThrow(() -> invalid("--dataset FILE is missing"));
    if (!Files.isRegularFile(file)) {
      throw invalid(file + " is no file");
    }
    Half half = Half.of(arguments.value("half").orElse("report"));
    Dataset chosen = DatasetReader.read(file).answerable().half(half);
    return arguments.number("questions", Integer::valueOf).map(chosen::first).orElse(chosen);
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(ProblemException.Kind.INVALID, message);
  }
}
