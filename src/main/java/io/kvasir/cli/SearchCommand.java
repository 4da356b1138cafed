package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** {@code kvasir search}: what retrieval finds for a question, without an answer. */
final class SearchCommand implements Command {
  private static final String ROW = "%4s  %-9s  %-24s  %s";

  @Override
  public String name() {
    return "search";
  }

  @Override
  public String summary() {
    return "Shows what the running server's retrieval finds for a question, without an answer.";
  }

  @Override
  public String arguments() {
    return "\"QUESTION\"";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("collection", "NAME", "What to search; default: default.collection."),
        new Option("scope", "LIST", "Documents, or document#heading; default: the collection."),
        new Option("model", "NAME", "Whose tokens count; default: models.default."),
        new Option("k", "N", "Passages that would go into the prompt."),
        new Option("budget", "N", "Tokens that these may take."),
        new Option("json", "", "Prints the whole answer of the server instead."),
        ServerAddress.OPTION);
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    ObjectNode body = QuestionBody.of(arguments, terminal, true);
    JsonNode found =
        ServerClient.of(arguments, terminal)
            .post("/api/search", BodyPublishers.ofString(body.toString()), "application/json");
    if (arguments.has("json")) {
      terminal.out().println(found.toPrettyString());
      return ExitCode.OK;
    }
    terminal.out().println(ROW.formatted("", "in prompt", "lists", "passage"));
    found.get("passages").forEach(passage -> terminal.out().println(row(passage)));
    terminal.out().println(head(found));
    if (found.hasNonNull("notice")) {
      terminal.out().println(found.at("/notice/text").asText());
    }
    return ExitCode.OK;
  }

  private static String row(JsonNode passage) {
    StringJoiner lists = new StringJoiner(", ");
    passage
        .at("/retrieved/lists")
        .fields()
        .forEachRemaining(
            list ->
                lists.add(
                    String.format(
                        Locale.ROOT,
                        "%s #%s %.2f",
                        list.getKey(),
                        list.getValue().get("place").asText(),
                        list.getValue().get("score").asDouble())));
    String heading = passage.get("heading").asText();
    JsonNode place = passage.get("inPrompt");
    return ROW.formatted(
        "#" + passage.at("/retrieved/rank").asText(),
        place.isNull() ? "-" : place.get("tokens").asText() + " tok",
        lists,
        passage.get("document").asText() + (heading.isEmpty() ? "" : " › " + heading));
  }

  private static String head(JsonNode found) {
    return String.format(
        Locale.ROOT,
        "encoder %s · weights %s · %d candidates of each list · k %d · %d tokens of %s · %.0f ms",
        found.get("encoder").asText(),
        found.get("weights"),
        found.get("candidates").asInt(),
        found.get("k").asInt(),
        found.get("budget").asInt(),
        found.get("model").asText(),
        found.get("encodeMs").asDouble() + found.get("searchMs").asDouble());
  }
}
