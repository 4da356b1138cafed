package io.kvasir.cli;

import java.io.PrintStream;
import java.util.List;

/** What {@code --help} prints. */
final class HelpText {
  private static final int LEFT = 26;

  private final PrintStream out;

  HelpText(PrintStream out) {
    this.out = out;
  }

  /** A line for each command, and what the exit codes mean. */
  void overview(List<Command> commands) {
    out.println("usage: kvasir COMMAND [OPTION…]");
    out.println();
    for (Command command : commands) {
      line(command.name(), command.summary());
    }
    out.println();
    List<String> notes = commands.stream().map(Command::note).distinct().toList();
    if (notes.size() == 1) {
      note(notes.get(0));
    }
    out.println("kvasir COMMAND --help explains a command. Exit codes:");
    for (ExitCode code : ExitCode.values()) {
      if (code != ExitCode.RUNNING) {
        line(Integer.toString(code.number()), code.meaning());
      }
    }
  }

  /** One command with its options. */
  void of(Command command) {
    String arguments = command.arguments().isEmpty() ? "" : " " + command.arguments();
    out.println("usage: kvasir " + command.name() + arguments + " [OPTION…]");
    out.println();
    out.println(command.summary());
    out.println();
    note(command.note());
    for (Command.Option option : command.options()) {
      line("--" + option.name() + " " + option.value(), option.explanation());
    }
    line("--help", "Shows this.");
  }

  private void note(String note) {
    if (!note.isEmpty()) {
      out.println(note);
      out.println();
    }
  }

  private void line(String left, String right) {
    String padding = " ".repeat(Math.max(1, LEFT - left.length()));
    out.println("  " + left + padding + right);
  }
}
