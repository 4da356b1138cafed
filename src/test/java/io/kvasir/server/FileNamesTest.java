package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import io.kvasir.cli.CommandLine;
import io.kvasir.cli.Terminal;
import io.kvasir.json.Json;
import io.kvasir.postgres.PostgresExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file is called, so is its document: from the terminal, the page and other clients. */
@ExtendWith(PostgresExtension.class)
final class FileNamesTest {
  private static final List<String> MADE_UP =
      List.of(
          "a%22b.md",
          "a\"b.md",
          "ends in a backslash\\.md",
          "\\\\share\\dir\\file.md",
          "\"quoted\"; filename=\"other.md",
          "x=y; name=z.md",
          "50%25 and %0D.md",
          "日本\\\"語\".md");

  @TempDir static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start(String databaseUrl) {
    server = RunningServer.start(folder.resolve("data"), databaseUrl, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static List<String> names() throws IOException {
    List<String> names =
        new ArrayList<>(
            Json.MAPPER.readValue(
                FileNamesTest.class.getResource("/faults/names.json"),
                new TypeReference<List<String>>() {}));
    names.addAll(MADE_UP);
    return names;
  }

  @Test
  void theTerminalKeepsThem() throws Exception {
    Path documents = Files.createDirectories(folder.resolve("documents"));
    List<String> words = new ArrayList<>(List.of("ingest", "--collection", "terminal"));
    words.addAll(List.of("--server", "http://127.0.0.1:" + server.port()));
    for (String name : names()) {
      words.add(Files.writeString(documents.resolve(name), "A text about frogs.").toString());
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    int status =
        new CommandLine(List.of())
            .run(words.toArray(String[]::new), new Terminal(out, out, Map.of(), false));
    assertThat(status).as(said.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(listed("terminal")).containsExactlyInAnyOrderElementsOf(names());
  }

  @Test
  void browsersAndThePageKeepThem() throws Exception {
    StringBuilder page = new StringBuilder();
    StringBuilder browser = new StringBuilder();
    List<String> expected = new ArrayList<>(names());
    for (String name : names()) {
      page.append(part("name=\"name\"", name)).append(file(name));
      // What a browser alone writes as it writes a quote or the end of a line.
      if (name.contains("%22") || name.contains("%0D")) {
        expected.remove(name);
      } else {
        browser.append(file(name));
      }
    }
    upload("page", page.toString());
    upload("browser", browser.toString());
    assertThat(listed("page")).containsExactlyInAnyOrderElementsOf(names());
    assertThat(listed("browser")).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** As browsers encode it: https://html.spec.whatwg.org/#multipart-form-data. */
  private static String file(String name) {
    return part(
        "name=\"file\"; filename=\"" + name.replace("\"", "%22") + "\"", "A text about frogs.");
  }

  private static String part(String disposition, String content) {
    return "--x\r\ncontent-disposition: form-data; %s\r\n\r\n%s\r\n"
        .formatted(disposition, content);
  }

  private static void upload(String collection, String parts) throws Exception {
    String address =
        "http://127.0.0.1:%d/api/collections/%s/documents".formatted(server.port(), collection);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(address))
                    .header("content-type", "multipart/form-data; boundary=x")
                    .POST(HttpRequest.BodyPublishers.ofString(parts + "--x--\r\n"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    String job = "/api/jobs/" + Json.MAPPER.readTree(response.body()).path("id").asText();
    RunningServer.until(() -> server.get(job).contains("\"finished\":true"));
  }

  private static List<String> listed(String collection) throws Exception {
    return Json.MAPPER
        .readTree(server.get("/api/collections/" + collection + "/documents"))
        .path("documents")
        .findValuesAsText("name");
  }
}
