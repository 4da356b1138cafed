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

/** From a command line to an experiment that the server has begun. */
final class ExperimentStart {
  /** The option that names questions. */
  static final String DATASET = "dataset";

  /** Before the collection whose headings are the questions. */
  static final String HEADINGS = "headings:";

  /** The questions that were marked at contrasts. */
  static final String MARKED = "marked";

  /** What is asked when nobody says. */
  static final List<String> PATHS = List.of("closed-book", "rag", "oracle");

  private static final String EXPERIMENTS = "/api/experiments";
  private static final String SEARCH = "search";
  private static final int MOST_FILES = 1_000;

  private final ServerClient client;
  private final Arguments arguments;
  private final Terminal terminal;

  ExperimentStart(ServerClient client, Arguments arguments, Terminal terminal) {
    this.client = client;
    this.arguments = arguments;
    this.terminal = terminal;
  }

  /** Begins what the command line orders, of these questions. */
  JsonNode begin(String dataset) throws IOException, InterruptedException {
    List<String> standard = dataset.startsWith(HEADINGS) ? List.of(SEARCH) : PATHS;
    ObjectNode order = order(arguments.has("paths") ? arguments.values("paths") : standard);
    arguments
        .value("matrix")
        .ifPresent(written -> pairs(written, ";", order.putObject("matrix"), true));
    arguments.value("half").ifPresent(half -> order.put("half", half));
    arguments.number("sample", Integer::valueOf).ifPresent(count -> order.put("sample", count));
    arguments.value("name").ifPresent(name -> order.put("name", name));
    JsonNode begun = begin(dataset, order);
    bad(begun, terminal);
    return begun;
  }

  /** An order of these paths, with what the command line says of every question. */
  ObjectNode order(List<String> paths) {
    ObjectNode order = Json.MAPPER.createObjectNode();
    paths.forEach(path -> order.withArray("paths").add(path));
    arguments
        .value("columns")
        .ifPresent(written -> pairs(written, ",", order.putObject("columns"), false));
    arguments.number("seed", Long::valueOf).ifPresent(seed -> order.put("seed", seed));
    arguments.value("language").ifPresent(language -> order.put("language", language));
    return order;
  }

  /** Begins what is ordered of these questions. */
  JsonNode begin(String dataset, ObjectNode order) throws IOException, InterruptedException {
    if (dataset.startsWith(HEADINGS)) {
      return ordered(order.put("headings", dataset.substring(HEADINGS.length())));
    }
    return dataset.equals(MARKED)
        ? ordered(order.put(MARKED, true))
        : uploaded(Path.of(dataset), order);
  }

  private JsonNode ordered(ObjectNode order) throws IOException, InterruptedException {
    return client.post(EXPERIMENTS, BodyPublishers.ofString(order.toString()), "application/json");
  }

  private JsonNode uploaded(Path dataset, ObjectNode order)
      throws IOException, InterruptedException {
    Upload upload = new Upload();
    upload.field("order", order.toString());
    files(dataset, upload);
    return client.post(EXPERIMENTS, upload.body(), upload.contentType());
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
