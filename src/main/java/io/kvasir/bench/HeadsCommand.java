package io.kvasir.bench;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.Half;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.models.DetectedHeads;
import java.nio.file.Path;
import java.util.List;

/** {@code kvasir heads detect}: finds a decoder's heads that attend to the passage that answers. */
public final class HeadsCommand implements Command {
  private static final int QUESTIONS = 64;
  private static final int KEEP = 16;

  @Override
  public String name() {
    return "heads detect";
  }

  @Override
  public String summary() {
    return "Finds the heads of a decoder that attend to the passage that answers, and keeps them.";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public List<Option> options() {
    return QuizOptions.with(
        List.of(
            new Option(
                "questions",
                "N",
                "How many choose the heads, and how many others judge them. Default: "
                    + QUESTIONS
                    + "."),
            new Option("keep", "N", "How many heads are kept. Default: " + KEEP + ".")));
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    arguments.none();
    QuizOptions options = new QuizOptions(arguments, terminal.settings());
    int questions = options.whole("questions", QUESTIONS, 2, 100_000);
    int keep = options.whole("keep", KEEP, 1, 1_000);
    Dataset all = options.questions();
    List<PassageQuiz> choosing = shuffled(options.quizzes(all.half(Half.CHOOSE), all, questions));
    List<PassageQuiz> reporting = shuffled(options.quizzes(all.half(Half.REPORT), all, questions));
    Path folder = options.folder();
    try (BatchingGenerator generator = options.generator(folder)) {
      DetectedHeads found =
          new HeadBench(generator, options.language(), terminal.out())
              .run(choosing, reporting, keep, options.source());
      found.write(folder);
    }
    terminal
        .out()
        .printf(
            "kept in %s; a running server knows them once it loads the decoder again%n", folder);
    return ExitCode.OK;
  }

  private static List<PassageQuiz> shuffled(List<PassageQuiz> quizzes) {
    return quizzes.stream().map(quiz -> quiz.shuffled(0)).toList();
  }
}
