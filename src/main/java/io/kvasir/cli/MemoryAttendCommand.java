package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * {@code kvasir memory attend}: the same question put to pgvector twice, by the encoder's embedding
 * and by a decoder's own query.
 */
final class MemoryAttendCommand implements Command {
  private static final int PASSAGES = 5;
  private static final String ROW = "  #%-2d %-7s  %s%n";

  @Override
  public String name() {
    return "memory attend";
  }

  @Override
  public String summary() {
    return "Shows what one head attends to among a collection's stored keys, beside what the search finds.";
  }

  @Override
  public String arguments() {
    return "\"QUESTION\"";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("collection", "NAME", "Whose passages; default: default.collection."),
        new Option("model", "NAME", "The decoder. Default: the server's."),
        new Option("word", "N", "The token of the question that looks; default: its last word."),
        new Option("layer", "N", "Of the head; default: the one that was detected (heads detect)."),
        new Option("head", "N", "Of the layer."),
        new Option("k", "N", "Passages that are shown; default: " + PASSAGES + "."),
        new Option("json", "", "Prints the whole answer of the server instead."),
        ServerAddress.OPTION);
  }

  @Override
  public String note() {
    return "Passages must have been read by the decoder: kvasir memory build COLLECTION.";
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    ObjectNode asked = QuestionBody.of(arguments, terminal, true);
    ServerClient client = ServerClient.of(arguments, terminal);
    int shown = asked.path("k").asInt(PASSAGES);
    ObjectNode looking = asked.deepCopy();
    looking.remove(List.of("collection", "k"));
    looking.put("limit", shown);
    arguments.number("word", Integer::valueOf).ifPresent(word -> looking.put("word", word));
    arguments.number("layer", Integer::valueOf).ifPresent(layer -> looking.put("layer", layer));
    arguments.number("head", Integer::valueOf).ifPresent(head -> looking.put("head", head));
    JsonNode attended =
        client.post(
            "/api/collections/"
                + ServerClient.segment(asked.get("collection").asText())
                + "/memory/attention",
            BodyPublishers.ofString(looking.toString()),
            "application/json");
    if (arguments.has("json")) {
      terminal.out().println(attended.toPrettyString());
      return ExitCode.OK;
    }
    JsonNode found =
        client.post("/api/search", BodyPublishers.ofString(asked.toString()), "application/json");
    printFound(found, shown, terminal);
    printAttended(attended, terminal);
    return ExitCode.OK;
  }

  private static void printFound(JsonNode found, int shown, Terminal terminal) {
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "Outside the model: %s, one key a passage, by meaning and words (%.0f ms)%n",
            found.get("encoder").asText(),
            found.get("searchMs").asDouble());
    terminal.out().println("  SELECT … ORDER BY embedding <#> $1");
    int rank = 0;
    for (JsonNode passage : found.get("passages")) {
      if (rank == shown) {
        break;
      }
      JsonNode cosine = passage.at("/retrieved/lists/dense/score");
      terminal
          .out()
          .printf(
              Locale.ROOT,
              ROW,
              ++rank,
              cosine.isMissingNode() ? "" : String.format(Locale.ROOT, "%.2f", cosine.asDouble()),
              place(passage));
    }
  }

  private static void printAttended(JsonNode attended, Terminal terminal) {
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%nInside the model: %s, layer %d, head %d, word %d \"%s\": %,d keys of %d passages (%.0f ms)%n",
            attended.get("model").asText(),
            attended.get("layer").asInt(),
            attended.get("head").asInt(),
            attended.get("word").asInt(),
            attended.at("/words/" + attended.get("word").asInt()).asText().strip(),
            attended.get("keys").asLong(),
            attended.get("ofPassages").asInt(),
            attended.get("scanMs").asDouble());
    attended.get("statement").asText().lines().forEach(line -> terminal.out().println("  " + line));
    int rank = 0;
    for (JsonNode passage : attended.get("passages")) {
      terminal.out().printf(Locale.ROOT, ROW, ++rank, percent(passage), place(passage));
    }
    StringJoiner tokens = new StringJoiner(", ", "  its tokens: ", "");
    attended
        .get("tokens")
        .forEach(
            token ->
                tokens.add("\"" + token.get("text").asText().strip() + "\" " + percent(token)));
    terminal.out().println(tokens);
  }

  private static String percent(JsonNode attended) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * attended.get("share").asDouble());
  }

  private static String place(JsonNode passage) {
    String heading = passage.get("heading").asText();
    return passage.get("document").asText() + (heading.isEmpty() ? "" : " › " + heading);
  }
}
