package io.kvasir;

import io.kvasir.bench.EngineCommand;
import io.kvasir.bench.EvidenceCommand;
import io.kvasir.bench.HeadsCommand;
import io.kvasir.bench.KeySearchCommand;
import io.kvasir.bench.MemoryCommand;
import io.kvasir.bench.QualityCommand;
import io.kvasir.bench.ScaleCommand;
import io.kvasir.cli.Command;
import io.kvasir.cli.CommandLine;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.server.KeysCommand;
import io.kvasir.server.PrepareCommand;
import io.kvasir.server.ServeCommand;
import io.kvasir.server.ServerSettings;
import io.kvasir.server.StopSignal;
import java.util.ArrayList;
import java.util.List;

/** The program: {@code serve} runs the server, every other word is a command of the terminal. */
public final class Main {
  /** What a shell gives a program that Ctrl+C ended. */
  private static final int STOPPED = 130;

  private Main() {}

  /** Runs one command line and exits with its status; the server exits when it is told to stop. */
  public static void main(String[] words) {
    CommandLine line = new CommandLine(commands());
    if (line.find(List.of(words)).filter(Command::computes).isPresent()) {
      // At an ordinary exit ONNX Runtime would free what its threads are computing with, and crash.
      StopSignal.before(() -> Runtime.getRuntime().halt(STOPPED));
    }
    ExitCode status = line.run(words, Terminal.ofProcess(ServerSettings.ALL));
    if (status != ExitCode.RUNNING) {
      System.exit(status.number());
    }
  }

  private static List<Command> commands() {
    List<Command> commands =
        new ArrayList<>(
            List.of(
                new ServeCommand(),
                new EngineCommand(),
                new EvidenceCommand(),
                new MemoryCommand(),
                new KeySearchCommand(),
                new HeadsCommand(),
                new QualityCommand(),
                new ScaleCommand(),
                new PrepareCommand()));
    commands.addAll(KeysCommand.all());
    return commands;
  }
}
