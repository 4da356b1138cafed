package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.ProblemException;
import io.kvasir.models.CatalogueEntry;
import io.kvasir.models.ModelOptions;
import io.kvasir.models.ModelStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code kvasir models list}: which decoders there are, and how near each is to answering. */
final class ModelsListCommand implements Command {
  private static final String ROW = "%-30s %-10s %9s  %-8s %-12s %s";

  @Override
  public String name() {
    return "models list";
  }

  @Override
  public String summary() {
    return "Lists the decoders that are here or can be had, and which are loaded.";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public List<Option> options() {
    return List.of(ServerAddress.OPTION);
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    arguments.none();
    List<String> lines;
    try {
      lines = running(ServerClient.of(arguments, terminal));
    } catch (ProblemException e) {
      if (e.kind() != ProblemException.Kind.UNAVAILABLE || arguments.has("server")) {
        throw e;
      }
      lines = onDisk(terminal);
    }
    terminal
        .out()
        .println(ROW.formatted("name", "state", "size", "speaks", "licence", "").stripTrailing());
    lines.forEach(terminal.out()::println);
    return ExitCode.OK;
  }

  private static List<String> running(ServerClient client)
      throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (JsonNode model : client.get("/api/models").path("models")) {
      List<String> languages = new ArrayList<>();
      model.path("languages").forEach(language -> languages.add(language.asText()));
      String message = model.path("message").asText("");
      lines.add(
          row(
              model.path("name").asText(),
              model.path("state").asText(),
              model.path("bytes").asLong(),
              languages,
              model.path("licence").asText(),
              model.path("isDefault").asBoolean(),
              message.equals("null") ? "" : message));
    }
    return lines;
  }

  private static List<String> onDisk(Terminal terminal) {
    String standard = ModelOptions.of(terminal.settings()).standard();
    ModelStore store = ModelsOnDisk.open(terminal);
    List<String> lines = new ArrayList<>();
    for (CatalogueEntry model : store.entries()) {
      lines.add(
          row(
              model.name(),
              store.installed(model.name()) ? "installed" : "available",
              model.bytes(),
              model.languages(),
              model.licence(),
              model.name().equals(standard),
              ""));
    }
    return lines;
  }

  private static String row(
      String name,
      String state,
      long bytes,
      List<String> languages,
      String licence,
      boolean standard,
      String message) {
    String remark = (standard ? "default " : "") + message;
    return ROW.formatted(
            name, state, ModelsOnDisk.size(bytes), String.join(",", languages), licence, remark)
        .stripTrailing();
  }
}
