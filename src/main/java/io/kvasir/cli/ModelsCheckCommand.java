package io.kvasir.cli;

import io.kvasir.core.ProblemException;
import io.kvasir.models.CatalogueEntry;
import io.kvasir.models.ModelStore;
import java.util.List;

/** {@code kvasir models check}: holds weights and exports against checksums and manifests. */
final class ModelsCheckCommand implements Command {
  @Override
  public String name() {
    return "models check";
  }

  @Override
  public String summary() {
    return "Holds the files of one decoder, or of every one here, against their checksums.";
  }

  @Override
  public String arguments() {
    return "[NAME]";
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    ModelStore store = ModelsOnDisk.open(terminal);
    List<String> names =
        arguments.rest().isEmpty()
            ? store.entries().stream().map(CatalogueEntry::name).filter(store::installed).toList()
            : List.of(arguments.single("NAME"));
    boolean sound = true;
    for (String name : names) {
      try {
        List<String> found = store.check(name, ModelsOnDisk.progress("checking " + name, terminal));
        terminal.progress("");
        terminal.out().println(name);
        found.forEach(line -> terminal.out().println("  " + line));
      } catch (ProblemException e) {
        if (e.kind() == ProblemException.Kind.NOT_FOUND && names.size() == 1) {
          throw e;
        }
        terminal.progress("");
        terminal.err().println(name + ": " + e.getMessage());
        sound = false;
      }
    }
    return sound ? ExitCode.OK : ExitCode.FAILED;
  }
}
