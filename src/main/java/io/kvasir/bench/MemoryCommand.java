package io.kvasir.bench;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.Half;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.models.Catalogue;
import java.util.List;

/** {@code kvasir bench memory}: what passages from memory do to answers, by strategy. */
public final class MemoryCommand implements Command {
  private static final int QUESTIONS = 40;
  private static final int PASSAGES = 3;
  private static final int TOKENS = 48;

  @Override
  public String name() {
    return "bench memory";
  }

  @Override
  public String summary() {
    return "Measures answers from stored keys and values of passages against those from their text.";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public List<Option> options() {
    return QuizOptions.with(
        List.of(
            new Option("questions", "N", "How many. Default: " + QUESTIONS + "."),
            new Option("tokens", "N", "The most of an answer. Default: " + TOKENS + ".")));
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    arguments.none();
    QuizOptions options = new QuizOptions(arguments, terminal.settings());
    int questions = options.whole("questions", QUESTIONS, 1, 100_000);
    int tokens = options.whole("tokens", TOKENS, 1, 1_000);
    Dataset all = options.questions();
    Dataset asked = all.half(Half.REPORT);
    List<PassageQuiz> quizzes = options.quizzes(asked, all, questions, PASSAGES);
    try (BatchingGenerator generator = options.generator(options.folder())) {
      MemoryBench bench =
          new MemoryBench(
              generator,
              Catalogue.shipped().answers(generator.description().name()),
              options.language(),
              tokens,
              terminal.out());
      bench.strategies(quizzes, asked);
      bench.identity(quizzes);
      bench.firstToken(quizzes);
    }
    return ExitCode.OK;
  }
}
