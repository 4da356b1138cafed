package io.kvasir.bench;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.encode.Encoder;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.Half;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.models.Catalogue;
import io.kvasir.onnx.OnnxEncoder;
import java.util.List;

/** {@code kvasir bench keys}: how well a decoder's own queries find passages by their keys. */
public final class KeySearchCommand implements Command {
  private static final int QUESTIONS = 96;
  private static final int CHOOSING = 32;
  private static final int KEEP = 16;

  @Override
  public String name() {
    return "bench keys";
  }

  @Override
  public String summary() {
    return "Measures finding passages by a decoder's own queries and keys against cosine and BM25.";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public List<Option> options() {
    List<Option> own =
        List.of(
            new Option("questions", "N", "How many judge. Default: " + QUESTIONS + "."),
            new Option("choosing", "N", "How many choose heads. Default: " + CHOOSING + "."),
            new Option("keep", "N", "How many heads are added up. Default: " + KEEP + "."));
    // Every paragraph of the set is searched.
    return QuizOptions.with(own).stream().filter(each -> !each.name().equals("passages")).toList();
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
    int choosing = options.whole("choosing", CHOOSING, 2, 100_000);
    int keep = options.whole("keep", KEEP, 1, 1_000);
    Dataset all = options.questions();
    try (BatchingGenerator generator = options.generator(options.folder());
        Encoder encoder = OnnxEncoder.open(Catalogue.shipped().encoder(options.language()), 1)) {
      new KeySearchBench(generator, options.language(), all, encoder, terminal.out())
          .run(
              all.half(Half.CHOOSE).spread(choosing),
              all.half(Half.REPORT).spread(questions),
              keep);
    }
    return ExitCode.OK;
  }
}
