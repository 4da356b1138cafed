package io.kvasir.bench;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.core.ProblemException;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.DatasetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code kvasir bench quality}: what the weight formats cost and give, as a table. */
public final class QualityCommand implements Command {
  @Override
  public String name() {
    return "bench quality";
  }

  @Override
  public String summary() {
    return "Measures the weight formats of a GGUF file against its exact weights.";
  }

  @Override
  public String arguments() {
    return "FILE.gguf";
  }

  @Override
  public List<Option> options() {
    return List.of(new Option("dataset", "FILE", "Paragraphs in SQuAD's format."));
  }

  @Override
  public boolean computes() {
    return true;
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) throws IOException {
    Dataset set =
        DatasetReader.read(
            Path.of(
                arguments
                    .value("dataset")
                    .orElseThrow(
                        () ->
                            new ProblemException(
                                ProblemException.Kind.INVALID,
                                "Name a file of paragraphs: --dataset FILE."))));
    Path work = Files.createTempDirectory("kvasir-quality-");
    try {
      new QualityBench(Path.of(arguments.single("FILE.gguf")), work).run(set, terminal.out());
    } finally {
      try (Stream<Path> paths = Files.walk(work)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return ExitCode.OK;
  }
}
