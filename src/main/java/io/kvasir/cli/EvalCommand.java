package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code kvasir eval}: begins an experiment on the server and follows it to its report. */
final class EvalCommand implements Command {
  private static final String EXPERIMENTS = "/api/experiments";
  private static final String SEARCH = "search";
  private static final List<String> PATHS = List.of("closed-book", "rag", "oracle");
  private static final String HEADINGS = "headings:";
  private static final String MARKED = "marked";
  private static final int MOST_FILES = 1_000;

  @Override
  public String name() {
    return "eval";
  }

  @Override
  public String summary() {
    return "Asks labelled questions in several ways and reports what each way is worth.";
  }

  @Override
  public String arguments() {
    return "";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "dataset",
            "PATH",
            "SQuAD or CMRC JSON, a CSV, TSV or JSON Lines file, a folder of BEIR or TREC; or "
                + HEADINGS
                + "COLLECTION: its headings that are questions, each answered by its section; or "
                + MARKED
                + ": what was marked at contrasts."),
        new Option(
            "paths",
            "LIST",
            "Of closed-book, rag, attention, oracle, which is given the documents that answer, and"
                + " search, which ranks documents and answers nothing. Default: "
                + String.join(",", PATHS)
                + "; of headings: search."),
        new Option(
            "matrix",
            "FACTOR=A,B;…",
            "Every value with every other: model, k, budget, style, max-tokens, temperature,"
                + " nearness, order (first, last, random), wording (line, blank-line), encoder,"
                + " passage-length, values (raw, summary, fields), reranker (none, heads, cross-encoder),"
                + " ranking (fused, meaning, words)."),
        new Option(
            "half",
            "WHICH",
            "choose: every second question from the first, for choosing settings; report: the"
                + " others; all. Default: all."),
        new Option("sample", "N", "Only so many of them, drawn by the seed."),
        new Option("seed", "N", "Of drawing questions and tokens. Default: 0."),
        new Option("language", "CODE", "Of the questions, en or zh. Default: detected."),
        new Option("columns", "LIST", "Of a table: question=COLUMN,answer=COLUMN and so on."),
        new Option("name", "TEXT", "What the experiment is called. Default: the dataset's name."),
        ExperimentFollower.OUT,
        ServerAddress.OPTION);
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    arguments.none();
    String dataset =
        arguments.value("dataset").orElseThrow(() -> invalid("--dataset PATH is missing"));
    ServerClient client = ServerClient.of(arguments, terminal);
    JsonNode experiment = begun(dataset, client, arguments);
    bad(experiment, terminal);
    return new ExperimentFollower(client, terminal).follow(experiment, arguments);
  }

  private static JsonNode begun(String dataset, ServerClient client, Arguments arguments)
      throws IOException, InterruptedException {
    if (dataset.startsWith(HEADINGS)) {
      String collection = dataset.substring(HEADINGS.length());
      return ordered(client, order(arguments, List.of(SEARCH)).put("headings", collection));
    }
    return dataset.equals(MARKED)
        ? ordered(client, order(arguments, PATHS).put("marked", true))
        : uploaded(client, Path.of(dataset), arguments);
  }

  private static JsonNode ordered(ServerClient client, ObjectNode order)
      throws IOException, InterruptedException {
    return client.post(EXPERIMENTS, BodyPublishers.ofString(order.toString()), "application/json");
  }

  private static JsonNode uploaded(ServerClient client, Path dataset, Arguments arguments)
      throws IOException, InterruptedException {
    Upload upload = new Upload();
    upload.field("order", order(arguments, PATHS).toString());
    files(dataset, upload);
    return client.post(EXPERIMENTS, upload.body(), upload.contentType());
  }

  private static ObjectNode order(Arguments arguments, List<String> standard) {
    ObjectNode order = Json.MAPPER.createObjectNode();
    List<String> paths = arguments.has("paths") ? arguments.values("paths") : standard;
    paths.forEach(path -> order.withArray("paths").add(path));
    arguments
        .value("matrix")
        .ifPresent(written -> pairs(written, ";", order.putObject("matrix"), true));
    arguments
        .value("columns")
        .ifPresent(written -> pairs(written, ",", order.putObject("columns"), false));
    arguments.value("half").ifPresent(half -> order.put("half", half));
    arguments.number("sample", Integer::valueOf).ifPresent(count -> order.put("sample", count));
    arguments.number("seed", Long::valueOf).ifPresent(seed -> order.put("seed", seed));
    arguments.value("language").ifPresent(language -> order.put("language", language));
    arguments.value("name").ifPresent(name -> order.put("name", name));
    return order;
  }

  /** {@code name=value}, several; a list of values where there can be several. */
  private static void pairs(String written, String between, ObjectNode to, boolean lists) {
    for (String pair : written.split(between, -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        throw invalid("\"%s\" is no NAME=VALUE".formatted(pair.strip()));
      }
      String name = pair.substring(0, equals).strip();
      String value = pair.substring(equals + 1).strip();
      if (lists) {
        Stream.of(value.split(",")).map(String::strip).forEach(to.putArray(name)::add);
      } else {
        to.put(name, value);
      }
    }
  }

  private static void files(Path dataset, Upload upload) throws IOException {
    if (Files.isRegularFile(dataset)) {
      upload.file(String.valueOf(dataset.getFileName()), dataset);
      return;
    }
    if (!Files.isDirectory(dataset)) {
      throw new ProblemException(Kind.NOT_FOUND, dataset + " is neither a file nor a folder");
    }
    try (Stream<Path> all = Files.walk(dataset)) {
      List<Path> files = all.filter(Files::isRegularFile).limit(MOST_FILES + 1L).toList();
      if (files.size() > MOST_FILES) {
        throw invalid("%s has more than %d files".formatted(dataset, MOST_FILES));
      }
      String folder = String.valueOf(dataset.toAbsolutePath().normalize().getFileName());
      for (Path file : files) {
        String place = dataset.relativize(file).toString().replace('\\', '/');
        upload.file(folder + "/" + place, file);
      }
    }
  }

  /** What could not be read is told at once, record by record. */
  private static void bad(JsonNode experiment, Terminal terminal) {
    JsonNode facts = experiment.path("plan").path("dataset");
    for (JsonNode record : facts.path("bad")) {
      terminal
          .err()
          .printf(
              "left out: %s:%d: %s%n",
              record.path("file").asText(),
              record.path("line").asInt(),
              record.path("reason").asText());
    }
    int more = facts.path("badRecords").asInt() - facts.path("bad").size();
    if (more > 0) {
      terminal.err().printf("and %d more%n", more);
    }
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(Kind.INVALID, message);
  }
}
