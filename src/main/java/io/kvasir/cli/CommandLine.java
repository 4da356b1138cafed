package io.kvasir.cli;

import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Finds the command that a command line names, runs it and turns failures into words. */
public final class CommandLine {
  private final List<Command> commands = new ArrayList<>();

  /**
   * The commands of this package and others.
   *
   * @param others commands that need what only their caller can build
   */
  public CommandLine(List<Command> others) {
    commands.add(new AskCommand());
    commands.add(new SearchCommand());
    commands.add(new IngestCommand());
    commands.add(new CollectionsEncodeCommand());
    for (MemoryCommand.Action action : MemoryCommand.Action.values()) {
      commands.add(new MemoryCommand(action));
    }
    commands.add(new MemoryAttendCommand());
    commands.addAll(ExperimentCommand.all());
    commands.add(new EvalCommand());
    commands.add(new ModelsListCommand());
    commands.add(new ModelsPullCommand());
    commands.add(new ModelsImportCommand());
    commands.add(new ModelsCheckCommand());
    commands.add(new SettingsCommand());
    commands.addAll(others);
  }

  /**
   * Runs one command line.
   *
   * @return what its exit status says
   */
  public ExitCode run(String[] words, Terminal terminal) {
    try {
      return dispatch(Arrays.asList(words), terminal);
    } catch (ProblemException e) {
      terminal.err().println("kvasir: " + e.getMessage());
      return ExitCode.of(e.kind());
    } catch (IOException e) {
      terminal.err().println("kvasir: " + e.getMessage());
      return ExitCode.FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.err().println("kvasir: interrupted");
      return ExitCode.FAILED;
    }
  }

  private ExitCode dispatch(List<String> words, Terminal terminal)
      throws IOException, InterruptedException {
    if (words.isEmpty() || isHelp(words.get(0)) || words.get(0).equals("help")) {
      new HelpText(terminal.out()).overview(commands);
      return words.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
    }
    Optional<Command> found = find(words);
    if (found.isEmpty()) {
      return withoutCommand(words, terminal);
    }
    Command command = found.get();
    List<String> rest = words.subList(command.name().split(" ").length, words.size());
    int end = rest.indexOf("--");
    if (rest.subList(0, end < 0 ? rest.size() : end).stream().anyMatch(CommandLine::isHelp)) {
      new HelpText(terminal.out()).of(command);
      return ExitCode.OK;
    }
    try {
      return command.run(Arguments.parse(rest, command.options()), terminal);
    } catch (ProblemException e) {
      if (e.kind() == ProblemException.Kind.INVALID) {
        terminal.err().println("kvasir " + command.name() + ": " + e.getMessage());
        terminal.err().println("(kvasir " + command.name() + " --help explains its options)");
        return ExitCode.USAGE;
      }
      throw e;
    }
  }

  /** The command that a command line names, if it names one. */
  public Optional<Command> find(List<String> words) {
    if (words.isEmpty()) {
      return Optional.empty();
    }
    String two = words.size() > 1 ? words.get(0) + " " + words.get(1) : "";
    return commands.stream()
        .filter(command -> command.name().equals(words.get(0)) || command.name().equals(two))
        .findFirst();
  }

  private ExitCode withoutCommand(List<String> words, Terminal terminal) {
    String first = words.get(0);
    List<Command> group =
        commands.stream().filter(command -> command.name().startsWith(first + " ")).toList();
    boolean help = words.size() > 1 && isHelp(words.get(1));
    if (!group.isEmpty() && (words.size() == 1 || help)) {
      new HelpText(terminal.out()).overview(group);
      return help ? ExitCode.OK : ExitCode.USAGE;
    }
    String said = group.isEmpty() ? first : first + " " + words.get(1);
    List<String> names = (group.isEmpty() ? commands : group).stream().map(Command::name).toList();
    throw new ProblemException(
        ProblemException.Kind.INVALID,
        "unknown command \"%s\"%s (kvasir help lists them)"
            .formatted(said, NearestName.hint(said, names)));
  }

  private static boolean isHelp(String word) {
    return word.equals("--help") || word.equals("-h");
  }
}
