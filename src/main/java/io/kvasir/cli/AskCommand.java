package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.contrast.ContrastEvent;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Trace;
import io.kvasir.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** {@code kvasir ask}: one question, several paths, streamed to the terminal. */
final class AskCommand implements Command {
  @Override
  public String name() {
    return "ask";
  }

  @Override
  public String summary() {
    return "Asks the running server one question and shows what each path answers and read.";
  }

  @Override
  public String arguments() {
    return "\"QUESTION\"";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("paths", "LIST", "Of " + Paths.ALL.listed() + "; default: all but memory."),
        new Option(
            "collection",
            "NAME",
            "What to ask; default: the conversation's, or the setting default.collection."),
        new Option("scope", "LIST", "Documents, or document#heading; default: the collection."),
        new Option("model", "NAME", "The decoder; default: the conversation's, or models.default."),
        new Option("conversation", "ID", "Follows the contrasts of this conversation."),
        new Option(
            "beside",
            "ID",
            "Answers the question of this contrast otherwise, to compare both; collection, scope and"
                + " decoder are its own where none is named."),
        new Option("style", "NAME", "Of " + AnswerStyle.listed() + "; default: answer.style."),
        new Option("k", "N", "Passages that rag puts into its prompt."),
        new Option("budget", "N", "Tokens that passages may take in a prompt."),
        new Option(
            "selection",
            "WHAT",
            "What attention reads of a scope that does not fit: retrieved, what retrieval ranks"
                + " first, or first, its first part; default: retrieved."),
        new Option("max-tokens", "N", "Tokens of an answer at the most."),
        new Option("temperature", "X", "0 for the most probable token, up to 2."),
        new Option("top-p", "X", "Keeps the likeliest tokens up to this probability."),
        new Option("seed", "N", "Makes a run with a temperature repeatable."),
        new Option("json", "", "Prints the stored trace instead."),
        new Option("html", "FILE", "Keeps the contrast as a page that needs no server."),
        ServerAddress.OPTION);
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    List<AnswerPath> paths = paths(arguments);
    ObjectNode body = body(arguments, paths, terminal);
    ServerClient client = ServerClient.of(arguments, terminal);
    Optional<String> beside = arguments.value("beside");
    if (beside.isPresent()) {
      standBeside(body, client.get("/api/contrasts/" + ServerClient.segment(beside.get())));
    }
    AnswerPrinter printer = new AnswerPrinter(terminal, paths, arguments.has("json"));
    boolean ended = false;
    try (EventReader events = client.events("/api/contrasts", body);
        CancelAtExit cancel = new CancelAtExit(client)) {
      while (!ended) {
        ContrastEvent event = events.next();
        if (event == null) {
          break;
        }
        if (event instanceof ContrastEvent.Started started) {
          cancel.begin(started.trace().id());
        }
        printer.accept(event);
        ended = event instanceof ContrastEvent.Ended;
      }
    }
    if (!ended) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE,
          "the server ended the stream early; the log says why: kvasir logs");
    }
    if (arguments.has("json")) {
      JsonNode trace = client.get("/api/contrasts/" + ServerClient.segment(printer.id()));
      terminal.out().println(trace.toPrettyString());
    }
    Optional<String> page = arguments.value("html");
    if (page.isPresent()) {
      keep(client, printer.id(), page.get(), terminal);
    }
    return printer.status() == Trace.Status.COMPLETE ? ExitCode.OK : ExitCode.FAILED;
  }

  private static void keep(ServerClient client, String id, String file, Terminal terminal)
      throws IOException, InterruptedException {
    String page = client.text("/api/contrasts/%s/export.html".formatted(ServerClient.segment(id)));
    try {
      Files.writeString(Path.of(file), page);
    } catch (IOException | InvalidPathException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "cannot write %s; the contrast is %s, in the history".formatted(file, id),
          e);
    }
    terminal.err().println("kept in " + file);
  }

  private static List<AnswerPath> paths(Arguments arguments) {
    if (!arguments.has("paths")) {
      return documentsFirst();
    }
    return arguments.values("paths").stream()
        .map(name -> Paths.ALL.of(name).name())
        .distinct()
        .toList();
  }

  /** What was read stands before what the weights know by themselves. */
  private static List<AnswerPath> documentsFirst() {
    return Paths.ALL.all().stream()
        .filter(path -> path.isUsual())
        .sorted(Comparator.comparing(path -> !path.readsDocuments()))
        .map(path -> path.name())
        .toList();
  }

  private static ObjectNode body(Arguments arguments, List<AnswerPath> paths, Terminal terminal) {
    boolean reads = !Paths.ALL.needs(paths).isEmpty();
    // What a conversation was asked of, the server knows; of what it stands beside, the trace says.
    boolean known = arguments.has("conversation") || arguments.has("beside");
    ObjectNode body = QuestionBody.of(arguments, terminal, reads && !known);
    paths.forEach(path -> body.withArray("paths").add(path.toString()));
    arguments.value("style").ifPresent(name -> body.put("style", name));
    arguments.value("conversation").ifPresent(id -> body.put("conversation", id));
    arguments.value("beside").ifPresent(id -> body.put("beside", id));
    arguments.value("selection").ifPresent(what -> body.put("selection", what));
    ObjectNode sampling = Json.MAPPER.createObjectNode();
    arguments.number("max-tokens", Integer::valueOf).ifPresent(n -> sampling.put("maxTokens", n));
    arguments.number("temperature", Double::valueOf).ifPresent(t -> sampling.put("temperature", t));
    arguments.number("top-p", Double::valueOf).ifPresent(p -> sampling.put("topP", p));
    arguments.number("seed", Long::valueOf).ifPresent(seed -> sampling.put("seed", seed));
    if (!sampling.isEmpty()) {
      body.set("sampling", sampling);
    }
    return body;
  }

  /** Collection, scope and decoder stay as they were there unless they are named. */
  private static void standBeside(ObjectNode body, JsonNode first) {
    if (!body.has("collection") && first.path("collection").isTextual()) {
      body.set("collection", first.path("collection"));
      if (!body.has("scope")) {
        body.set("scope", first.path("scope"));
      }
    }
    if (!body.has("model")) {
      body.set("model", first.path("model").path("name"));
    }
  }
}
