package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.kvasir.contrast.Contrasts;
import io.kvasir.http.api.TypedFrames;
import io.kvasir.json.Json;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract and the server say the same: every route, every answer, every event. */
final class ContractTest {
  private TestServer server;
  private JsonNode contract;
  private final Set<String> tried = new HashSet<>();

  @BeforeEach
  void start() throws Exception {
    server = new TestServer();
    contract = new YAMLMapper().readTree(server.get("/api/openapi.yaml").body());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void routesAndContractNameTheSameOperations() {
    Set<String> routed = new TreeSet<>();
    server.verticle.routes().stream()
        .filter(route -> route.getPath() != null && route.getPath().startsWith("/api/"))
        .forEach(
            route ->
                route
                    .methods()
                    .forEach(
                        method ->
                            routed.add(
                                method + " " + route.getPath().replaceAll(":(\\w+)", "{$1}"))));
    assertThat(routed).isEqualTo(operations());
  }

  private Set<String> operations() {
    Set<String> described = new TreeSet<>();
    contract
        .get("paths")
        .fields()
        .forEachRemaining(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (!method.equals("parameters")) {
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                          }
                        }));
    return described;
  }

  @Test
  void everyAnswerIsAsTheContractSays() throws Exception {
    String id = finishedContrast();
    String question = "{\"question\":\"Which?\",\"paths\":[\"closed-book\"]}";
    check("GET", "/api/health/live", "", null, 200);
    check("GET", "/api/health/ready", "", null, 200);
    check("GET", "/api/models", "", null, 200);
    check("GET", "/api/limits", "", null, 200);
    HttpResponse<String> model =
        Uploads.post(server, "/api/models", Uploads.file("mine.gguf", "GGUF"));
    assertThat(model.statusCode()).as(model.body()).isEqualTo(200);
    tried.add("POST /api/models");
    checkBody("POST", "/api/models", model);
    assertThat(server.models.imported).containsExactly("mine.gguf");
    check("POST", "/api/models/{name}/pull", "big", null, 200);
    check(
        "PUT",
        "/api/models/{name}/answers",
        "tiny",
        """
        {"passages": 2, "nearness": 0.9, "bestLast": true, "blankLine": false, "opening": "none",
         "loopPenalty": 1, "measured": "60 questions"}""",
        200);
    check("POST", "/api/models/{name}/load", "tiny", null, 200);
    check("POST", "/api/models/{name}/unload", "tiny", null, 200);
    check("GET", "/api/collections", "", null, 200);
    check("POST", "/api/collections", "", "{\"name\":\"notes\",\"language\":\"en\"}", 201);
    check("GET", "/api/collections/{name}", "faq", null, 200);
    check(
        "PUT",
        "/api/collections/{name}/examples",
        "notes",
        "[{\"question\":\"Why?\",\"scope\":{\"selectors\":[\"a.md\"]}}]",
        204);
    check("PUT", "/api/collections/{name}/title", "notes", "{\"title\":\"Our notes\"}", 204);
    assertThat(
            TestServer.json(
                    server.send(
                        "POST",
                        "/api/collections",
                        "{\"title\":\"Über Notes 2\",\"language\":\"en\"}"))
                .get("name")
                .asText())
        .as("the name is made of the title")
        .isEqualTo("uber-notes-2");
    check("GET", "/api/collections/{name}/sections", "faq", null, 200);
    check("PUT", "/api/collections/{name}/memory", "faq", null, 200);
    check("GET", "/api/collections/{name}/memory", "faq", null, 200);
    check("DELETE", "/api/collections/{name}/memory", "faq", null, 204);
    check("GET", "/api/collections/{name}/documents", "faq", null, 200);
    upload();
    check("GET", "/api/jobs", "", null, 200);
    String job = server.ingestion.jobs.get(0).id();
    check("GET", "/api/jobs/{id}", job, null, 200);
    check("DELETE", "/api/jobs/{id}", job, null, 204);
    check("POST", "/api/collections/{name}/refresh", "faq", null, 202);
    check("POST", "/api/collections/{name}/encode", "faq", "{\"encoder\":\"tiny-encoder\"}", 202);
    check("POST", "/api/collections/{name}/memory", "faq", "{}", 202);
    check(
        "POST",
        "/api/collections/{name}/memory/attention",
        "faq",
        "{\"question\":\"Which?\",\"layer\":1,\"head\":2}",
        200);
    check("GET", "/api/documents/{id}", "3", null, 200);
    String correction = "{\"passage\":7,\"text\":\"dpkg finds packages.\"}";
    check("POST", "/api/documents/{id}/corrections", "3", correction, 200);
    assertThat(server.send("DELETE", "/api/documents/3/corrections/5", null).statusCode())
        .isEqualTo(204);
    tried.add("DELETE /api/documents/{id}/corrections/{correction}");
    check("DELETE", "/api/documents/{id}", "3", null, 204);
    check("DELETE", "/api/collections/{name}", "notes", null, 204);
    check("POST", "/api/scope", "", "{\"collection\":\"faq\",\"budget\":4}", 200);
    check("GET", "/api/conversations", "", null, 200);
    check("GET", "/api/conversations/{id}", "c", null, 200);
    check("PUT", "/api/conversations/{id}", "c", "{\"title\":\" Packages \"}", 204);
    assertThat(server.conversations.title).isEqualTo("Packages");
    check("POST", "/api/conversations/delete", "", "{\"conversations\":[\"c\"]}", 200);
    check("POST", "/api/contrasts/{id}/branch", id, null, 201);
    check("POST", "/api/search", "", "{\"question\":\"Which?\",\"collection\":\"faq\"}", 200);
    experiments();
    marks(id);
    check("GET", "/api/contrasts", "", null, 200);
    check("GET", "/api/contrasts/{id}", id, null, 200);
    check("POST", "/api/contrasts/{id}/cancel", id, null, 202);
    check("POST", "/api/contrasts/{id}/attention", id, "{\"path\":\"rag\",\"tokens\":[0]}", 200);
    check("POST", "/api/contrasts/{id}/next-tokens", id, "{\"path\":\"rag\"}", 200);
    check("POST", "/api/contrasts/{id}/sentences", id, "{\"path\":\"rag\"}", 200);
    String left = "{\"path\":\"rag\",\"left\":[{\"begin\":1,\"end\":3}]}";
    check("POST", "/api/contrasts/{id}/without", id, left, 200);
    check("POST", "/api/contrasts/{id}/evidence/cancel", id, null, 202);
    check("DELETE", "/api/contrasts/{id}", id, null, 204);
    tried.addAll(
        List.of(
            "POST /api/contrasts",
            "POST /api/contrasts/{id}/evidence",
            "GET /api/contrasts/{id}/events",
            "GET /api/contrasts/{id}/export.html",
            "GET /api/documents/{id}/original",
            "GET /api/openapi.yaml"));

    assertThat(new TreeSet<>(tried)).as("every operation was tried").isEqualTo(operations());
    assertThat(server.send("POST", "/api/contrasts", question.replace("Which?", " ")).statusCode())
        .isEqualTo(400);
  }

  private void check(String method, String path, String name, String body, int status)
      throws Exception {
    tried.add(method + " " + path);
    HttpResponse<String> response = server.send(method, path.replaceAll("\\{\\w+}", name), body);
    assertThat(response.statusCode()).as(method + " " + path + response.body()).isEqualTo(status);
    checkBody(method, path, response);
  }

  private void checkBody(String method, String path, HttpResponse<String> response)
      throws Exception {
    JsonNode described =
        resolved(
            contract
                .get("paths")
                .get(path)
                .get(method.toLowerCase(Locale.ROOT))
                .get("responses")
                .path(Integer.toString(response.statusCode())));
    assertThat(described.isMissingNode()).as("the contract has this status").isFalse();
    JsonNode schema = described.path("content").path("application/json").path("schema");
    if (schema.isMissingNode()) {
      assertThat(response.body()).isEmpty();
    } else {
      assertThat(response.headers().firstValue("content-type")).contains("application/json");
      assertThat(violations(schema, response.body())).isEmpty();
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? contract.at(node.get("$ref").asText().substring(1)) : node;
  }

  private Set<ValidationMessage> violations(JsonNode schema, String body) throws Exception {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.putArray("allOf").add(schema);
    root.set("components", contract.get("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(root)
        .validate(Json.MAPPER.readTree(body));
  }

  private JsonNode schema(String name) {
    return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  private void upload() throws Exception {
    tried.add("POST /api/collections/{name}/documents");
    HttpResponse<String> response = Uploads.send(server, "faq", Uploads.file("a.txt", "words"));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    checkBody("POST", "/api/collections/{name}/documents", response);
  }

  private void experiments() throws Exception {
    HttpResponse<String> begun =
        Uploads.post(
            server,
            "/api/experiments",
            Uploads.field("order", "{\"paths\":[\"rag\"]}"),
            Uploads.file("animals.csv", "question\nWho purrs?"));
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
    tried.add("POST /api/experiments");
    checkBody("POST", "/api/experiments", begun);
    String id = FakeExperiments.ID;
    check("GET", "/api/experiments", "", null, 200);
    check("GET", "/api/experiments/{id}", id, null, 200);
    check("GET", "/api/experiments/{id}/results.json", id, null, 200);
    HttpResponse<String> merged =
        Uploads.post(
            server,
            "/api/experiments/%s/results".formatted(id),
            Uploads.file(
                "results.json",
                server.get("/api/experiments/%s/results.json".formatted(id)).body()));
    assertThat(merged.statusCode()).as(merged.body()).isEqualTo(200);
    tried.add("POST /api/experiments/{id}/results");
    checkBody("POST", "/api/experiments/{id}/results", merged);
    assertThat(server.get("/api/experiments/%s/report.txt".formatted(id)).body())
        .contains("| | rag |");
    tried.add("GET /api/experiments/{id}/report.txt");
    check("GET", "/api/experiments/{id}/report.json", id, null, 200);
    for (String form : List.of("report.html", "results.csv")) {
      assertThat(server.get("/api/experiments/%s/%s".formatted(id, form)).body()).contains("rag");
      tried.add("GET /api/experiments/{id}/" + form);
    }
    check("POST", "/api/experiments/{id}/cancel", id, null, 204);
    check("POST", "/api/experiments/{id}/resume", id, null, 204);
    check("DELETE", "/api/experiments/{id}", id, null, 204);
  }

  private void marks(String contrast) throws Exception {
    String mark = "{\"contrast\":\"%s\",\"answer\":\"the cat\",\"passage\":7}".formatted(contrast);
    check("POST", "/api/questions", "", mark, 200);
    check("GET", "/api/questions", "", null, 200);
    List<String> lines = server.get("/api/questions.jsonl").body().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith("{\"document\":").contains("\"context\":");
    assertThat(lines.get(1)).contains("\"answer\":[\"the cat\"],\"document\":[");
    tried.add("GET /api/questions.jsonl");
    String id = TestServer.json(server.get("/api/questions")).at("/questions/0/id").asText();
    check("DELETE", "/api/questions/{id}", id, null, 204);
  }

  private String finishedContrast() throws Exception {
    server.stream(
            "POST",
            "/api/contrasts",
            "{\"question\":\"Which?\",\"paths\":[\"rag\"],\"collection\":\"faq\"}")
        .body()
        .close();
    Contrasts.Running running = server.contrasts.only();
    running.events().close();
    return running.id();
  }

  @Test
  void everyEventIsAsTheContractSays() throws Exception {
    HttpResponse<InputStream> response =
        server.stream(
            "POST", "/api/contrasts", "{\"question\":\"Which?\",\"paths\":[\"closed-book\"]}");
    Contrasts.Running running = server.contrasts.only();
    Samples.events().forEach(running.events()::append);
    running.events().close();
    String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    List<String> events =
        text.lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> line.substring(6))
            .toList();

    assertThat(events).hasSize(8);
    for (String event : events) {
      assertThat(violations(schema("Event"), event)).as(event).isEmpty();
    }
    String broken = TypedFrames.contrast().end().lines().toList().get(1).substring(6);
    assertThat(violations(schema("ProblemEvent"), broken)).as(broken).isEmpty();
  }

  @Test
  void everyEventOfAMeasurementIsAsTheContractSays() throws Exception {
    String path = "/api/contrasts/" + finishedContrast() + "/evidence";
    HttpResponse<InputStream> response =
        server.stream("POST", path, "{\"path\":\"rag\",\"masks\":16}");
    String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    List<String> events =
        text.lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> line.substring(6))
            .toList();

    assertThat(server.evidence.measured).containsExactly("rag 16");
    assertThat(events).hasSize(Samples.evidenceEvents().size());
    for (String event : events) {
      assertThat(violations(schema("EvidenceEvent"), event)).as(event).isEmpty();
    }
    assertThat(server.send("POST", path, "{\"path\":\"closed-book\"}").statusCode()).isEqualTo(409);
    assertThat(server.send("POST", path, "{\"path\":\"rag\",\"masks\":-1}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void problemIsAsTheContractSays() throws Exception {
    HttpResponse<String> response =
        server.send("POST", "/api/contrasts", "{\"question\":\"Which?\",\"path\":[\"rag\"]}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(violations(schema("Problem"), response.body())).isEmpty();
    assertThat(TestServer.json(response).get("field").asText()).isEqualTo("path");
    assertThat(TestServer.json(response).get("detail").asText()).contains("did you mean 'paths'?");
  }
}
