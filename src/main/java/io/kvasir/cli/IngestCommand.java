package io.kvasir.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.config.Endpoint;
import io.kvasir.core.ProblemException;
import io.kvasir.ingest.format.DocumentReader;
import io.kvasir.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code kvasir ingest}: uploads documents and follows how they become passages. */
final class IngestCommand implements Command {
  private static final int FILES_A_JOB = 50;
  private static final long BYTES_A_JOB = 64L << 20;

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String summary() {
    String kinds =
        DocumentReader.extensions().values().stream()
            .map(extensions -> "." + extensions.get(0))
            .collect(Collectors.joining(" "));
    return "Puts documents (%s; folders are walked) into a collection.".formatted(kinds);
  }

  @Override
  public String arguments() {
    return "PATH…";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("collection", "NAME", "Where to; made if there is none. Default: documents."),
        new Option("language", "CODE", "Of a new collection (en, zh); default: detected."),
        new Option(
            "encoder",
            "NAME",
            "Of a new collection; \"collections encode\" changes that of one that is there."),
        new Option(
            "values",
            "KIND",
            "Of a new collection, what goes into a prompt: raw, summary or fields (of records)."),
        new Option("examples", "FILE", "Questions that the page offers for it, as JSON."),
        new Option("refresh", "", "Reads kept files again that an older reader read; no PATH."),
        new Option("quiet", "", "Says only what failed, and the sum."),
        ServerAddress.OPTION);
  }

  @Override
  public ExitCode run(Arguments arguments, Terminal terminal)
      throws IOException, InterruptedException {
    ServerClient client = ServerClient.of(arguments, terminal);
    JobFollower follower = new JobFollower(client, terminal, arguments.has("quiet"));
    if (arguments.has("refresh")) {
      arguments.none();
      return new DocumentRefresh(client, follower, terminal).run(arguments.value("collection"));
    }
    String collection = arguments.value("collection").orElse("documents");
    if (arguments.rest().isEmpty()) {
      throw new ProblemException(ProblemException.Kind.INVALID, "PATH is missing");
    }
    DocumentFiles documents = DocumentFiles.find(arguments.rest());
    long largest = terminal.settings().value(Endpoint.MAX_UPLOAD_BYTES);
    int failed = documents.refused().size();
    documents
        .refused()
        .forEach(file -> terminal.err().println("failed: " + file.name() + ": " + file.reason()));
    int passages = 0;
    for (List<DocumentFiles.NamedFile> part : parts(documents.files(), largest)) {
      try {
        JsonNode job = submit(client, collection, arguments, part);
        job = follower.follow(job);
        for (JsonNode file : job.path("files")) {
          failed += file.path("error").isTextual() ? 1 : 0;
          passages += file.path("passages").asInt();
        }
      } catch (ProblemException e) {
        if (e.kind() != ProblemException.Kind.TOO_LARGE) {
          throw e;
        }
        failed += part.size();
        part.forEach(
            file -> terminal.err().println("failed: " + file.name() + ": " + e.getMessage()));
      }
    }
    if (arguments.has("examples")) {
      offer(client, collection, Path.of(arguments.value("examples").orElseThrow()));
    }
    int done = documents.files().size() + documents.refused().size() - failed;
    String sum = "%d documents, %d passages in %s".formatted(done, passages, collection);
    if (failed > 0) {
      sum += ", %d failed".formatted(failed);
    }
    if (documents.skipped() > 0) {
      sum += ", %d of other kinds skipped".formatted(documents.skipped());
    }
    terminal.out().println(sum);
    if (done > 0) {
      terminal.out().println(kept(client, collection));
    }
    return failed == 0 && done > 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private static String kept(ServerClient client, String collection)
      throws IOException, InterruptedException {
    JsonNode found = client.get("/api/collections/%s".formatted(ServerClient.segment(collection)));
    long bytes = found.path("bytes").asLong();
    String size =
        bytes < 1 << 20 ? bytes + " bytes" : "%.1f MiB".formatted(bytes / (double) (1 << 20));
    return "%s: %d documents, whose files take %s"
        .formatted(collection, found.path("documents").asInt(), size);
  }

  private static JsonNode submit(
      ServerClient client,
      String collection,
      Arguments arguments,
      List<DocumentFiles.NamedFile> part)
      throws IOException, InterruptedException {
    Upload upload = new Upload();
    arguments.value("language").ifPresent(language -> upload.field("language", language));
    arguments.value("encoder").ifPresent(encoder -> upload.field("encoder", encoder));
    arguments.value("values").ifPresent(values -> upload.field("values", values));
    for (DocumentFiles.NamedFile file : part) {
      upload.file(file.name(), file.file());
    }
    String target = "/api/collections/%s/documents".formatted(ServerClient.segment(collection));
    return client.post(target, upload.body(), upload.contentType());
  }

  /** Sets the questions of a collection: a list of {@code {question, scope:{selectors:[…]}}}. */
  private static void offer(ServerClient client, String collection, Path file)
      throws IOException, InterruptedException {
    JsonNode examples;
    try {
      examples = Json.MAPPER.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID, file + " is no JSON: " + e.getOriginalMessage(), e);
    }
    client.put(
        "/api/collections/%s/examples".formatted(ServerClient.segment(collection)), examples);
  }

  /** Uploads small enough that one neither fills the disk nor takes long to fail. */
  private static List<List<DocumentFiles.NamedFile>> parts(
      List<DocumentFiles.NamedFile> files, long largest) {
    List<List<DocumentFiles.NamedFile>> parts = new ArrayList<>();
    List<DocumentFiles.NamedFile> part = new ArrayList<>();
    long bytes = 0;
    for (DocumentFiles.NamedFile file : files) {
      boolean full = bytes + file.bytes() > Math.min(BYTES_A_JOB, largest / 2);
      if (!part.isEmpty() && (full || part.size() == FILES_A_JOB)) {
        parts.add(part);
        part = new ArrayList<>();
        bytes = 0;
      }
      part.add(file);
      bytes += file.bytes();
    }
    if (!part.isEmpty()) {
      parts.add(part);
    }
    return parts;
  }
}
