package io.kvasir.cli;

import io.kvasir.models.CatalogueEntry;
import io.kvasir.models.ModelStore;
import java.nio.file.Path;
import java.util.List;

/** {@code kvasir models import}: takes in a GGUF file of one's own. */
final class ModelsImportCommand implements Command {
  @Override
  public String name() {
    return "models import";
  }

  @Override
  public String summary() {
    return "Takes in a GGUF file (architectures %s) and exports it for the engine."
        .formatted(ModelStore.architectures());
  }

  @Override
  public String arguments() {
    return "FILE.gguf";
  }

  @Override
  public List<Option> options() {
    return List.of(new Option("name", "NAME", "What to call it; default: the file's name."));
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    Path file = Path.of(arguments.single("FILE.gguf"));
    CatalogueEntry entry =
        ModelsOnDisk.open(terminal)
            .importFile(
                file,
                arguments.value("name").orElse(null),
                ModelsOnDisk.progress("importing", terminal));
    terminal.progress("");
    terminal
        .out()
        .println(
            "%s is here, context %d; to use it: kvasir up --model %s"
                .formatted(entry.name(), entry.context(), entry.name()));
    return ExitCode.OK;
  }
}
