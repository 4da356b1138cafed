package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;

/**
 * {@code kvasir memory build}, {@code keep}, {@code drop} and {@code status}: keys and values in
 * the database.
 */
final class MemoryCommand implements Command {
  /** What is to be done with a collection's memory. */
  enum Action {
    BUILD(
        "Has the decoder read a collection's passages ahead of any question, for the path memory."),
    KEEP(
        "Keeps what the decoder computes of a collection's documents, so that no restart loses it."),
    DROP("Keeps nothing of a collection any more, and forgets what was kept."),
    STATUS("What is kept of a collection, and what it takes.");

    private final String summary;

    Action(String summary) {
      this.summary = summary;
    }
  }

  private final Action action;

  MemoryCommand(Action action) {
    this.action = action;
  }

  @Override
  public String name() {
    return "memory " + action.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String summary() {
    return action.summary;
  }

  @Override
  public String arguments() {
    return "COLLECTION";
  }

  @Override
  public List<Option> options() {
    return action == Action.BUILD
        ? List.of(
            new Option("model", "NAME", "The decoder. Default: the server's."),
            ServerAddress.OPTION)
        : List.of(ServerAddress.OPTION);
  }

  @Override
  public String note() {
    return action == Action.BUILD
        ? "It is a job of the server: it goes on when this command ends, and after a restart; \"collections\" and the page's library show it."
        : "Keys and values take some thousand times what the text takes; memory.max-bytes is the most.";
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    if (arguments.rest().size() != 1) {
      throw new ProblemException(Kind.INVALID, "name one collection");
    }
    String collection = arguments.rest().get(0);
    ServerClient client = ServerClient.of(arguments, terminal);
    String path = "/api/collections/" + ServerClient.segment(collection) + "/memory";
    switch (action) {
      case BUILD -> {
        if (!build(client, collection, arguments, terminal)) {
          return ExitCode.FAILED;
        }
      }
      case KEEP -> client.put(path);
      case DROP -> client.delete(path);
      case STATUS -> {}
    }
    terminal.out().println(collection + ": " + said(client.get(path)));
    return ExitCode.OK;
  }

  private static boolean build(
      ServerClient client, String collection, Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    String named = "/api/collections/" + ServerClient.segment(collection);
    String body =
        JsonNodeFactory.instance
            .objectNode()
            .put("model", arguments.value("model").orElse(null))
            .toString();
    JsonNode accepted =
        client.post(named + "/memory", BodyPublishers.ofString(body), "application/json");
    int passages = client.get(named).path("passages").asInt();
    JsonNode job = new JobFollower(client, terminal, true).follow(accepted, passages);
    return !job.path("files").path(0).path("error").isTextual();
  }

  private static String said(JsonNode status) {
    if (!status.path("kept").asBoolean()) {
      return "nothing is kept";
    }
    int entries = status.path("entries").asInt();
    return entries == 0
        ? "is kept from the next question on; nothing yet"
        : "%d passages and %d prompts are kept, %d tokens in %d MB"
            .formatted(
                status.path("passages").asInt(),
                entries - status.path("passages").asInt(),
                status.path("tokens").asLong(),
                status.path("bytes").asLong() / 1_000_000);
  }
}
