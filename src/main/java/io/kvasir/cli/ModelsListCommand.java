package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.DecoderAnswers;
import io.kvasir.core.ProblemException;
import io.kvasir.json.Json;
import io.kvasir.models.Catalogue;
import io.kvasir.models.CatalogueEntry;
import io.kvasir.models.ModelOptions;
import io.kvasir.models.ModelStore;
import io.kvasir.models.TunedAnswers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code kvasir models list}: which decoders there are, how near each is to answering, and how. */
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
      lines.add(answers(Json.MAPPER.treeToValue(model.path("answers"), DecoderAnswers.class)));
    }
    return lines;
  }

  private static String answers(DecoderAnswers answers) {
    return "  answers with %s (%s)"
        .formatted(
            TuningPlan.words(TuningPlan.settings(answers.defaults())),
            switch (answers.source()) {
              case TUNED -> "measured here";
              case CATALOGUE -> "measured for the catalogue";
              case SAFE -> "not measured; kvasir eval --tune does";
            });
  }

  private static List<String> onDisk(Terminal terminal) {
    ModelOptions options = ModelOptions.of(terminal.settings());
    String standard = options.standard();
    TunedAnswers tuned = new TunedAnswers(options.dir(), Catalogue.shipped());
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
      lines.add(answers(tuned.of(model)));
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
