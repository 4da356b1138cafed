package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code kvasir eval list|follow|cancel|resume|delete|merge}: the experiments that there are. */
final class ExperimentCommand implements Command {
  private final Action action;

  private ExperimentCommand(Action action) {
    this.action = action;
  }

  private enum Action {
    LIST("list", "Lists experiments.", ""),
    FOLLOW("follow", "Follows an experiment to its report.", "ID"),
    CANCEL("cancel", "Stops an experiment; what is answered stays.", "ID"),
    RESUME("resume", "Goes on with a stopped experiment and follows it.", "ID"),
    DELETE("delete", "Deletes an experiment with its contrasts.", "ID"),
    MERGE("merge", "Adds what another machine answered: its results.json.", "ID FILE");

    private final String word;
    private final String summary;
    private final String arguments;

    Action(String word, String summary, String arguments) {
      this.word = word;
      this.summary = summary;
      this.arguments = arguments;
    }
  }

  /** One command for each thing that can be done. */
  static List<Command> all() {
    return Arrays.stream(Action.values()).<Command>map(ExperimentCommand::new).toList();
  }

  @Override
  public String name() {
    return "eval " + action.word;
  }

  @Override
  public String summary() {
    return action.summary;
  }

  @Override
  public String arguments() {
    return action.arguments;
  }

  @Override
  public List<Option> options() {
    return action == Action.FOLLOW || action == Action.RESUME
        ? List.of(ExperimentFollower.OUT, ServerAddress.OPTION)
        : List.of(ServerAddress.OPTION);
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    ServerClient client = ServerClient.of(arguments, terminal);
    if (action == Action.LIST) {
      arguments.none();
      list(client.get("/api/experiments").path("experiments"), terminal);
      return ExitCode.OK;
    }
    List<String> words = arguments.rest();
    if (words.size() != action.arguments.split(" ").length) {
      throw new ProblemException(Kind.INVALID, "it takes " + action.arguments);
    }
    String address = "/api/experiments/" + ServerClient.segment(words.get(0));
    switch (action) {
      case CANCEL -> client.post(address + "/cancel");
      case DELETE -> client.delete(address);
      case MERGE -> merge(client, address, Path.of(words.get(1)), terminal);
      default -> {
        if (action == Action.RESUME) {
          client.post(address + "/resume");
        }
        return new ExperimentFollower(client, terminal).follow(client.get(address), arguments);
      }
    }
    return ExitCode.OK;
  }

  private static void list(JsonNode experiments, Terminal terminal) {
    for (JsonNode each : experiments) {
      JsonNode plan = each.path("plan");
      terminal
          .out()
          .printf(
              "%s  %-9s %6d of %-6d %s (%d questions, %d rows)%n",
              each.path("id").asText(),
              each.path("state").asText(),
              each.path("done").asInt(),
              each.path("total").asInt(),
              plan.path("name").asText(),
              plan.path("dataset").path("questions").asInt(),
              plan.path("rows").size());
    }
  }

  private static void merge(ServerClient client, String address, Path file, Terminal terminal)
      throws IOException, InterruptedException {
    if (!Files.isRegularFile(file)) {
      throw new ProblemException(Kind.NOT_FOUND, file + " is no file");
    }
    Upload upload = new Upload();
    upload.file(String.valueOf(file.getFileName()), file);
    JsonNode merged = client.post(address + "/results", upload.body(), upload.contentType());
    terminal.out().printf("%d results added%n", merged.path("added").asInt());
  }
}
