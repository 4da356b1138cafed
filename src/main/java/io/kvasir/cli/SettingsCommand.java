package io.kvasir.cli;

import io.kvasir.config.DataFolder;
import io.kvasir.config.Settings;
import io.kvasir.config.SettingsTable;
import java.nio.file.Path;
import java.util.List;

/** {@code kvasir settings}: every setting, its value, where that comes from, what it may be. */
final class SettingsCommand implements Command {
  @Override
  public String name() {
    return "settings";
  }

  @Override
  public String summary() {
    return "Shows every setting with its value, its range and what it is for.";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("markdown", "", "Prints a table for a document, with the defaults only."),
        new Option("value", "KEY", "Prints one value and nothing else."));
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    arguments.none();
    Path file = DataFolder.settingsFile(DataFolder.of(terminal.environment()));
    Settings checked = terminal.known().load(file, terminal.environment());
    List<SettingsTable.Row> rows =
        SettingsTable.rows(terminal.known(), file, terminal.environment());
    if (arguments.has("value")) {
      String key = arguments.value("value").orElseThrow();
      terminal.out().println(SettingsTable.row(rows, key).value());
      return ExitCode.OK;
    }
    if (arguments.has("markdown")) {
      printMarkdown(rows, terminal);
      return ExitCode.OK;
    }
    terminal.out().println("# " + file + " (need not exist); the environment wins over it");
    terminal.out().println("# data folder: " + checked.dataFolder());
    for (SettingsTable.Row row : rows) {
      terminal.out().println();
      terminal.out().println("# " + row.explanation());
      terminal.out().println("# " + row.range() + "; " + row.origin() + "; " + row.variable());
      terminal.out().println(terminal.bold(row.key() + "=" + row.value()));
    }
    return ExitCode.OK;
  }

  private static void printMarkdown(List<SettingsTable.Row> rows, Terminal terminal) {
    terminal.out().println("| setting | default | range | what it is for |");
    terminal.out().println("|---|---|---|---|");
    for (SettingsTable.Row row : rows) {
      String standard = row.standard().isEmpty() ? "" : "`" + row.standard() + "`";
      terminal
          .out()
          .printf("| `%s` | %s | %s | %s |%n", row.key(), standard, row.range(), row.explanation());
    }
  }
}
