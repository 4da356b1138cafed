package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** {@code kvasir memory keep}, {@code drop} and {@code status}: keys and values in the database. */
final class MemoryCommand implements Command {
  /** What is to be done with a collection's memory. */
  enum Action {
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
    return List.of(ServerAddress.OPTION);
  }

  @Override
  public String note() {
    return "Keys and values take some thousand times what the text takes; memory.max-bytes is the most.";
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
      case KEEP -> client.put(path);
      case DROP -> client.delete(path);
      case STATUS -> {}
    }
    terminal.out().println(collection + ": " + said(client.get(path)));
    return ExitCode.OK;
  }

  private static String said(JsonNode status) {
    if (!status.path("kept").asBoolean()) {
      return "nothing is kept";
    }
    int entries = status.path("entries").asInt();
    return entries == 0
        ? "is kept from the next question on; nothing yet"
        : "%d prompts are kept, %d tokens in %d MB"
            .formatted(
                entries, status.path("tokens").asLong(), status.path("bytes").asLong() / 1_000_000);
  }
}
