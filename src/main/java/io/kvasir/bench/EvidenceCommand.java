package io.kvasir.bench;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.Half;
import io.kvasir.generate.BatchingGenerator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code kvasir bench evidence}: which signal tells which passage mattered. */
public final class EvidenceCommand implements Command {
  private static final int QUESTIONS = 40;
  private static final int ORDERS = 3;
  private static final int MINUTES = 7;
  private static final String RESULTS = "evidence.jsonl";

  @Override
  public String name() {
    return "bench evidence";
  }

  @Override
  public String summary() {
    return "Measures which signal tells what mattered: attention, retrieval, words, position.";
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
            new Option(
                "orders",
                "N",
                "In how many random orders each question's passages are read. Default: "
                    + ORDERS
                    + "."),
            new Option("masks", "N", "Random choices for ContextCite's weights. Default: 0."),
            new Option(
                "minutes", "N", "Begins no further question after them. Default: " + MINUTES + "."),
            new Option(
                "results",
                "FILE",
                "Where measurements are kept; what is there is not measured again. Default: "
                    + RESULTS
                    + ".")));
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
    int minutes = options.whole("minutes", MINUTES, 0, 100_000);
    long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    Path results = Path.of(arguments.value("results").orElse(RESULTS));
    Dataset all = options.questions();
    List<PassageQuiz> quizzes = options.quizzes(all.half(Half.REPORT), all, questions);
    try (BatchingGenerator generator = options.generator(options.folder())) {
      new EvidenceBench(
              generator,
              options.language(),
              options.whole("masks", 0, 0, 1_000),
              options.whole("orders", ORDERS, 1, 100))
          .run(quizzes, results, until);
    }
    new EvidenceReport(EvidenceRow.read(results)).print(terminal.out());
    return ExitCode.OK;
  }
}
