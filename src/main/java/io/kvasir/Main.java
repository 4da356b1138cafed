package io.kvasir;

import io.kvasir.bench.AnswersCommand;
import io.kvasir.bench.EngineCommand;
import io.kvasir.bench.EvidenceCommand;
import io.kvasir.bench.HeadsCommand;
import io.kvasir.cli.Command;
import io.kvasir.cli.CommandLine;
import io.kvasir.cli.Terminal;
import java.util.ArrayList;
import java.util.List;

/** The program: {@code serve} runs the server, every other word is a command of the terminal. */
public final class Main {
  private Main() {}

  /** Runs one command line and exits with its status; the server exits when it is told to stop. */
  public static void main(String[] words) {
    int status = new CommandLine(commands()).run(words, Terminal.ofProcess());
    if (status != 0 || words.length == 0 || !words[0].equals("serve")) {
      System.exit(status);
    }
  }

  private static List<Command> commands() {
    List<Command> commands =
        new ArrayList<>(
            List.of(
                new ServeCommand(),
                new AnswersCommand(),
                new EngineCommand(),
                new EvidenceCommand(),
                new HeadsCommand(),
                new QualityCommand(),
                new RetrievalCommand(),
                new PrepareCommand()));
    commands.addAll(KeysCommand.all());
    return commands;
  }
}
