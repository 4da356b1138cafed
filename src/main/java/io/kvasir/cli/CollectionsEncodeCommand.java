package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/** {@code kvasir collections encode}: has a collection encoded anew with another encoder. */
final class CollectionsEncodeCommand implements Command {
  @Override
  public String name() {
    return "collections encode";
  }

  @Override
  public String summary() {
    return "Encodes a collection's passages with another encoder; until it has all, the old one answers.";
  }

  @Override
  public String arguments() {
    return "NAME";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("encoder", "NAME", "What encodes them, for example bge-small-en-v1.5."),
        new Option("cancel", "", "Stops it; what is encoded stays for the next time."),
        ServerAddress.OPTION);
  }

  @Override
  public String note() {
    return "It is a job of the server: it goes on when this command ends, and after a restart.";
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    if (arguments.rest().size() != 1) {
      throw invalid("name one collection");
    }
    if (arguments.has("cancel") == arguments.has("encoder")) {
      throw invalid("say either --encoder NAME or --cancel");
    }
    String collection = arguments.rest().get(0);
    ServerClient client = ServerClient.of(arguments, terminal);
    return arguments.has("cancel")
        ? cancel(client, collection, terminal)
        : encode(client, collection, arguments.value("encoder").orElseThrow(), terminal);
  }

  private static ExitCode encode(
      ServerClient client, String collection, String encoder, Terminal terminal)
      throws IOException, InterruptedException {
    String named = "/api/collections/" + ServerClient.segment(collection);
    String body = JsonNodeFactory.instance.objectNode().put("encoder", encoder).toString();
    JsonNode accepted =
        client.post(named + "/encode", BodyPublishers.ofString(body), "application/json");
    int passages = client.get(named).path("passages").asInt();
    JsonNode job = new JobFollower(client, terminal, true).follow(accepted, passages);
    if (job.path("files").path(0).path("error").isTextual()) {
      return ExitCode.FAILED;
    }
    terminal
        .out()
        .println(
            "%s: %d passages are encoded with %s"
                .formatted(collection, job.path("passagesDone").asInt(), encoder));
    return ExitCode.OK;
  }

  private static ExitCode cancel(ServerClient client, String collection, Terminal terminal)
      throws IOException, InterruptedException {
    List<String> running = new ArrayList<>();
    for (JsonNode job : client.get("/api/jobs").path("jobs")) {
      if (job.path("encodes").asBoolean()
          && !job.path("finished").asBoolean()
          && job.path("collection").asText().equals(collection)) {
        running.add(job.path("id").asText());
      }
    }
    if (running.isEmpty()) {
      throw new ProblemException(Kind.NOT_FOUND, collection + " is not being encoded anew");
    }
    for (String id : running) {
      client.delete("/api/jobs/" + ServerClient.segment(id));
    }
    terminal.out().println(collection + ": stopped; what is encoded stays for the next time");
    return ExitCode.OK;
  }

  private static ProblemException invalid(String what) {
    return new ProblemException(Kind.INVALID, what);
  }
}
