package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.evaluate.dataset.Half;
import io.kvasir.experiment.Experiments.Order;
import io.kvasir.experiment.Factor;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Experiments are begun with what the form says, and refused in words; nothing stays on the disk.
 */
final class ExperimentRoutesTest {
  private static final String PATH = "/api/experiments";
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private HttpResponse<String> begin(String order, String name) throws Exception {
    return Uploads.post(
        server, PATH, Uploads.field("order", order), Uploads.file(name, "question\nWho purrs?\n"));
  }

  private void nothingStays() throws Exception {
    TestServer.until(
        "the uploaded files are gone",
        () -> {
          try (Stream<Path> files = Files.list(server.uploads)) {
            return files.findAny().isEmpty();
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  @Test
  void whatTheFormSaysIsAsked() throws Exception {
    HttpResponse<String> begun =
        begin(
            "{\"paths\":[\"rag\",\"oracle\"],\"matrix\":{\"k\":[\"1\",\"4\"]},\"half\":\"report\",\"sample\":5,\"seed\":9,\"columns\":{\"question\":\"Frage\"}}",
            "animals.csv");

    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    assertThat(begun.headers().firstValue("location")).contains(PATH + "/" + FakeExperiments.ID);
    Order order = server.experiments.orders.get(0);
    assertThat(order.paths()).containsExactly("rag", "oracle");
    assertThat(order.matrix()).containsEntry(Factor.K, List.of("1", "4"));
    assertThat(order.half()).isEqualTo(Half.REPORT);
    assertThat(order.sample()).isEqualTo(5);
    assertThat(order.seed()).isEqualTo(9);
    assertThat(order.columns().question()).isEqualTo("Frage");
    assertThat(server.experiments.files).containsExactly("animals.csv: question\nWho purrs?\n");
    nothingStays();
  }

  @Test
  void headingsOfACollectionAreAskedWithoutAnyFile() throws Exception {
    HttpResponse<String> begun =
        server.send("POST", PATH, "{\"paths\":[\"search\"],\"headings\":\"debian-faq-en\"}");
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    assertThat(server.experiments.files).containsExactly("Headings[collection=debian-faq-en]");

    HttpResponse<String> marked =
        server.send("POST", PATH, "{\"paths\":[\"rag\"],\"marked\":true}");
    assertThat(marked.statusCode()).as(marked.body()).isEqualTo(202);
    assertThat(server.experiments.files).last().isEqualTo("Marked[]");

    HttpResponse<String> nothing = server.send("POST", PATH, "{\"paths\":[\"search\"]}");
    assertThat(nothing.statusCode()).as(nothing.body()).isEqualTo(400);
    assertThat(TestServer.json(nothing).get("detail").asText()).contains("'headings'");

    HttpResponse<String> both =
        begin("{\"paths\":[\"search\"],\"headings\":\"debian-faq-en\"}", "animals.csv");
    assertThat(both.statusCode()).as(both.body()).isEqualTo(400);
    assertThat(TestServer.json(both).get("detail").asText()).contains("names other questions");
    nothingStays();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"pathes\":[\"rag\"]}|did you mean 'paths'?",
        "{\"paths\":[\"rag\"],\"matrix\":{\"kk\":[\"1\"]}}|did you mean 'k'?",
        "{\"paths\":[\"rag\"],\"matrix\":{\"k\":1}}|'matrix.k' must be an array",
        "{\"paths\":[\"rag\"],\"half\":\"left\"}|it can be choose, report or all",
        "{\"paths\":[\"rag\"],\"sample\":0}|'sample' is 0; it can be 1 to",
        "{\"paths\":[\"rag\"],\"columns\":{\"quest\":\"x\"}}|'quest' is nothing a column can hold",
        "{\"paths\":|it ends too early",
        "[]|must be a JSON object",
      })
  void anOrderThatMakesNoSenseIsRefusedByName(String order, String reason) throws Exception {
    HttpResponse<String> refused = begin(order, "animals.csv");

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(TestServer.json(refused).get("detail").asText()).contains(reason);
    assertThat(server.experiments.orders).isEmpty();
    nothingStays();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../escaped.csv",
        "/etc/animals.csv",
        "a/../b.csv",
        ".hidden",
        "a\\b.csv",
        "a/b/c/d/e.csv"
      })
  void aFileCannotLeaveItsFolder(String name) throws Exception {
    HttpResponse<String> refused =
        Uploads.post(
            server,
            PATH,
            Uploads.field("order", "{\"paths\":[\"rag\"]}"),
            Uploads.field("name", name),
            Uploads.file("x.csv", "question\nWho?\n"));

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    assertThat(TestServer.json(refused).get("detail").asText())
        .contains("A dataset's file cannot be called");
    assertThat(server.experiments.orders).isEmpty();
    nothingStays();
  }

  @Test
  void anUploadWithoutAnOrderIsRefused() throws Exception {
    HttpResponse<String> refused =
        Uploads.post(server, PATH, Uploads.file("animals.csv", "question\nWho?\n"));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(TestServer.json(refused).get("detail").asText()).contains("'order' is missing");
    nothingStays();
  }

  @Test
  void whatIsNoFileOfResultsIsRefused() throws Exception {
    HttpResponse<String> refused =
        Uploads.post(
            server,
            "%s/%s/results".formatted(PATH, FakeExperiments.ID),
            Uploads.file("results.json", "{\"results\": [{\"row\": 3}"));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(TestServer.json(refused).get("detail").asText()).contains("none of results");
    assertThat(server.experiments.done).isEmpty();
  }

  @Test
  void whatIsNotThereIsNotFound() throws Exception {
    for (String path : List.of("", "/results.json", "/report.txt", "/report.html")) {
      assertThat(server.get(PATH + "/nothing" + path).statusCode()).as(path).isEqualTo(404);
    }
  }
}
