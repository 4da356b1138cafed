package io.kvasir.server;

import io.kvasir.cli.Arguments;
import io.kvasir.cli.Command;
import io.kvasir.cli.ExitCode;
import io.kvasir.cli.Terminal;
import io.kvasir.config.Settings;
import io.kvasir.models.ModelOptions;
import io.kvasir.models.ModelStore;
import java.nio.file.Path;

/**
 * {@code kvasir models prepare}: makes a decoder ready to be loaded, so that a server that starts
 * later finds it. In a cluster this is what fills the volume of models before the server starts.
 */
public final class PrepareCommand implements Command {
  @Override
  public String name() {
    return "models prepare";
  }

  @Override
  public String summary() {
    return "Checks a decoder's weights and exports them; fetches them if they are not here.";
  }

  @Override
  public String arguments() {
    return "[NAME]";
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    Settings settings = terminal.settings();
    String name =
        arguments.rest().isEmpty()
            ? ModelOptions.of(settings).standard()
            : arguments.single("NAME");
    ModelStore store = StoredDecoders.of(settings).store();
    if (!store.installed(name)) {
      terminal.out().println("fetching " + name);
      store.pull(name, share -> {});
    }
    terminal.out().println("checking and exporting " + name);
    Path folder = store.prepare(name, share -> {});
    terminal.out().println("ready: " + folder);
    return ExitCode.OK;
  }
}
