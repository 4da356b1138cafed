package io.kvasir.bench;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command.Option;
import io.kvasir.cli.ModelsOnDisk;
import io.kvasir.config.Settings;
import io.kvasir.core.ProblemException;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.EncoderModel;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.DatasetReader;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.EngineOptions;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelOptions;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.onnx.OnnxEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The options of benches that put questions with a few passages before a decoder. */
final class QuizOptions {
  private static final int PASSAGES = 5;

  private final Arguments arguments;
  private final Settings settings;

  QuizOptions(Arguments arguments, Settings settings) {
    this.arguments = arguments;
    this.settings = settings;
  }

  /** The options, and those that a bench adds. */
  static List<Option> with(List<Option> others) {
    List<Option> options =
        new ArrayList<>(
            List.of(
                new Option("dataset", "FILE", "The questions: a file or a folder."),
                new Option(
                    "collection",
                    "NAME",
                    "Instead: a collection whose headings are questions, each with its section."),
                new Option("model", "NAME", "The decoder. Default: the setting models.default."),
                new Option("language", "CODE", "Of the prompts, en or zh. Default: en."),
                new Option("passages", "N", "Passages of a question.")));
    options.addAll(others);
    return options;
  }

  /** Where the model folder is that the server loads, made ready. */
  Path folder() {
    String model = arguments.value("model").orElse(ModelOptions.of(settings).standard());
    return ModelsOnDisk.open(settings).prepare(model, done -> {});
  }

  /** The decoder. */
  BatchingGenerator generator(Path folder) {
    return OnnxDecoders.load(folder, EngineOptions.DEFAULTS);
  }

  /** Of the prompts. */
  String language() {
    return arguments.value("language").orElse("en");
  }

  /** The name of what is asked. */
  String source() {
    return arguments.value("collection").orElseGet(() -> file().getFileName().toString());
  }

  /** All questions. */
  Dataset questions() {
    return arguments
        .value("collection")
        .map(name -> HeadingQuestions.of(name, settings))
        .orElseGet(() -> DatasetReader.read(file()).located());
  }

  private Path file() {
    Path file =
        Path.of(
            arguments
                .value("dataset")
                .orElseThrow(() -> invalid("--dataset FILE or --collection NAME is missing")));
    if (!Files.exists(file)) {
      throw invalid(file + " is neither a file nor a folder");
    }
    return file;
  }

  /**
   * Quizzes of questions spread evenly over a set.
   *
   * @param from the questions
   * @param all where the other passages come from
   * @param most how many quizzes
   */
  List<PassageQuiz> quizzes(Dataset from, Dataset all, int most) {
    return quizzes(from, all, most, PASSAGES);
  }

  /** The same with so many passages each unless an option says otherwise. */
  List<PassageQuiz> quizzes(Dataset from, Dataset all, int most, int usual) {
    int passages = whole("passages", usual, 2, 50);
    EncoderModel model = Catalogue.shipped().encoder(language());
    try (Encoder encoder = OnnxEncoder.open(model, 1)) {
      return PassageQuiz.of(from.spread(most), all, passages, encoder);
    }
  }

  /** A number within a range. */
  int whole(String name, int otherwise, int least, int most) {
    int value = arguments.number(name, Integer::valueOf).orElse(otherwise);
    if (value < least || value > most) {
      throw invalid("--%s is %d; it can be %d to %d".formatted(name, value, least, most));
    }
    return value;
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(ProblemException.Kind.INVALID, message);
  }
}
