package io.kvasir.cli;

import io.kvasir.models.ModelStore;
import java.util.List;

/** {@code kvasir models pull}: fetches the weights of a decoder of the catalogue. */
final class ModelsPullCommand implements Command {
  @Override
  public String name() {
    return "models pull";
  }

  @Override
  public String summary() {
    return "Fetches the weights of a decoder; goes on where an earlier try broke off.";
  }

  @Override
  public String arguments() {
    return "NAME";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("from", "FILE|URL", "A mirror, or the file at hand; default: its publisher."));
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    String name = arguments.single("NAME");
    ModelStore store = ModelsOnDisk.open(terminal);
    boolean here = store.installed(name);
    store.pull(
        name, arguments.value("from").orElse(null), ModelsOnDisk.progress("fetching", terminal));
    terminal.progress("");
    String size = ModelsOnDisk.size(store.entry(name).bytes());
    terminal
        .out()
        .println(
            here
                ? "%s is here already".formatted(name)
                : "%s is here, %s, checksum right; to use it: kvasir up --model %s"
                    .formatted(name, size, name));
    return ExitCode.OK;
  }
}
