package io.kvasir.cli;

import io.kvasir.core.ProblemException;
import io.kvasir.models.CatalogueEntry;
import io.kvasir.models.ModelOptions;
import io.kvasir.models.ModelStore;
import io.kvasir.models.PublishedFile;
import java.util.List;

/** {@code kvasir models pull}: fetches the weights of a decoder, of the catalogue or by address. */
final class ModelsPullCommand implements Command {
  private static final String SHA256 = "sha256";
  private static final String NAME = "name";
  private static final String FROM = "from";

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
    return "NAME|URL";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            FROM, "FILE|URL", "For NAME: a mirror, or the file at hand; default: its publisher."),
        new Option(
            SHA256, "HEX", "For URL, which needs it: the checksum that the publisher names."),
        new Option(NAME, "NAME", "For URL: what to call it; default: the file's name."));
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal) {
    String what = arguments.single("NAME or URL");
    ModelStore store = ModelsOnDisk.open(terminal);
    if (what.contains("://")) {
      return byAddress(what, store, arguments, terminal);
    }
    refuse(arguments, SHA256, what + " is no address, and its checksum is known");
    refuse(arguments, NAME, what + " is no address, and has its name");
    boolean here = store.installed(what);
    store.pull(
        what, arguments.value(FROM).orElse(null), ModelsOnDisk.progress("fetching", terminal));
    say(store.entry(what), here, terminal);
    return ExitCode.OK;
  }

  private static ExitCode byAddress(
      String address, ModelStore store, Arguments arguments, Terminal terminal) {
    refuse(arguments, FROM, address + " is an address itself");
    String sha256 =
        arguments
            .value(SHA256)
            .orElseThrow(
                () ->
                    wrong(
                        "--sha256 is missing: a file that is in no catalogue is fetched by the checksum that its publisher names"));
    PublishedFile file =
        PublishedFile.of(
            address,
            sha256,
            arguments.value(NAME).orElse(null),
            ModelOptions.of(terminal.settings()).largest());
    say(store.pull(file, ModelsOnDisk.progress("fetching", terminal)), false, terminal);
    return ExitCode.OK;
  }

  private static void refuse(Arguments arguments, String option, String reason) {
    if (arguments.has(option)) {
      throw wrong("--" + option + " has no place here: " + reason);
    }
  }

  private static ProblemException wrong(String message) {
    return new ProblemException(ProblemException.Kind.INVALID, message);
  }

  private static void say(CatalogueEntry entry, boolean before, Terminal terminal) {
    terminal.progress("");
    terminal
        .out()
        .println(
            before
                ? "%s is here already".formatted(entry.name())
                : "%s is here, %s, checksum right; to use it: kvasir up --model %s"
                    .formatted(entry.name(), ModelsOnDisk.size(entry.bytes()), entry.name()));
  }
}
