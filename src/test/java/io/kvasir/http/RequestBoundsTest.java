package io.kvasir.http;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kvasir.config.Setting;
import io.kvasir.http.RequestSchemas.Field;
import io.kvasir.json.Json;
import io.kvasir.server.ServerSettings;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the contract says a request can hold is what the server takes: a value at a bound is not
 * refused for its size, the next one is. What has no bound there says which setting is one.
 */
final class RequestBoundsTest {
  /** Held by who does the work, not by who reads the request. */
  private static final String OF_THE_USE_CASE = "evidence.masks";

  private static final Pattern SETTING = Pattern.compile("The setting ([a-z.-]+) is the maximum");

  private static final Map<String, String> VALID =
      Map.ofEntries(
          entry("POST /api/collections", "{\"name\":\"notes\",\"language\":\"en\"}"),
          entry("PUT /api/collections/{name}/title", "{\"title\":\"Our notes\"}"),
          entry("PUT /api/collections/{name}/examples", "[{\"question\":\"Why?\"}]"),
          entry("POST /api/collections/{name}/memory", "{}"),
          entry("POST /api/collections/{name}/memory/attention", "{\"question\":\"Which?\"}"),
          entry("POST /api/collections/{name}/encode", "{\"encoder\":\"tiny-encoder\"}"),
          entry(
              "PUT /api/models/{name}/answers",
              "{\"passages\":2,\"nearness\":0.9,\"bestLast\":false,\"blankLine\":true,"
                  + "\"opening\":\"none\",\"loopPenalty\":3,\"measured\":\"60 questions\"}"),
          entry(
              "POST /api/documents/{id}/corrections", "{\"passage\":7,\"text\":\"Other words.\"}"),
          entry("PUT /api/conversations/{id}", "{\"title\":\"Packages\"}"),
          entry("POST /api/conversations/delete", "{\"conversations\":[\"c\"]}"),
          entry("POST /api/search", "{\"question\":\"Which?\",\"collection\":\"faq\"}"),
          entry("POST /api/scope", "{\"collection\":\"faq\"}"),
          entry("POST /api/experiments", "{\"paths\":[\"search\"],\"headings\":\"faq\"}"),
          entry("POST /api/questions", "{\"contrast\":\"one\",\"answer\":\"yes\"}"),
          entry("POST /api/contrasts", "{\"question\":\"Which?\",\"paths\":[\"closed-book\"]}"),
          entry("POST /api/contrasts/{id}/attention", "{\"path\":\"rag\"}"),
          entry("POST /api/contrasts/{id}/evidence", "{\"path\":\"rag\"}"),
          entry("POST /api/contrasts/{id}/next-tokens", "{\"path\":\"rag\"}"),
          entry("POST /api/contrasts/{id}/sentences", "{\"path\":\"rag\"}"),
          entry(
              "POST /api/contrasts/{id}/without",
              "{\"path\":\"rag\",\"left\":[{\"begin\":1,\"end\":3}]}"));

  private static TestServer server;
  private static JsonNode contract;
  private static String contrast;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer();
    contract = new YAMLMapper().readTree(server.get("/api/openapi.yaml").body());
    server.stream("POST", "/api/contrasts", VALID.get("POST /api/contrasts")).body().close();
    contrast = server.contrasts.only().id();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> boundsOfRequests() {
    List<Field> fields = RequestSchemas.fields(contract);
    assertThat(fields.stream().map(Field::operation).distinct().toList())
        .as("every operation has a valid request here")
        .containsExactlyInAnyOrderElementsOf(VALID.keySet());
    return fields.stream()
        .map(field -> DynamicTest.dynamicTest(field.toString(), () -> check(field)));
  }

  @TestFactory
  Stream<DynamicTest> boundsOfQueries() {
    return RequestSchemas.queries(contract).stream()
        .map(field -> DynamicTest.dynamicTest(field.toString(), () -> check(field)));
  }

  private static void check(Field field) throws Exception {
    List<JsonNode> inside = new ArrayList<>();
    List<JsonNode> outside = new ArrayList<>();
    Optional<Setting<?>> setting = setting(field);
    if (field.is("integer") || field.is("number")) {
      numbers(field, setting, inside, outside);
    } else if (field.is("string") || field.is("array")) {
      sizes(field, setting, inside, outside);
    }
    for (JsonNode value : inside) {
      assertThat(refusal(field, value))
          .doesNotContain("can have ", "can be ", "the limit is ", "must be a whole number from ");
    }
    for (JsonNode value : outside) {
      assertThat(refusal(field, value)).contains(field.name().replace("[0]", ""));
    }
  }

  private static Optional<Setting<?>> setting(Field field) {
    Matcher named = SETTING.matcher(field.schema().path("description").asText());
    if (!named.find()) {
      return Optional.empty();
    }
    Optional<Setting<?>> found =
        ServerSettings.ALL.all().stream()
            .filter(setting -> setting.key().equals(named.group(1)))
            .findAny();
    assertThat(found).as("there is a setting " + named.group(1)).isPresent();
    return found;
  }

  private static void numbers(
      Field field, Optional<Setting<?>> setting, List<JsonNode> inside, List<JsonNode> outside) {
    JsonNode schema = field.schema();
    assertThat(schema.has("maximum") || schema.has("exclusiveMaximum") || setting.isPresent())
        .as("it has a maximum")
        .isTrue();
    if (schema.has("maximum")) {
      inside.add(number(schema.get("maximum"), 0));
      outside.add(number(schema.get("maximum"), 1));
    } else if (schema.has("exclusiveMaximum")) {
      outside.add(number(schema.get("exclusiveMaximum"), 0));
    } else if (!setting.orElseThrow().key().equals(OF_THE_USE_CASE)) {
      JsonNode most = TextNode.valueOf(setting.orElseThrow().standard());
      inside.add(number(most, 0));
      outside.add(number(most, 1));
    }
    if (schema.has("minimum")) {
      inside.add(number(schema.get("minimum"), 0));
      outside.add(number(schema.get("minimum"), -1));
    } else if (schema.has("exclusiveMinimum")) {
      outside.add(number(schema.get("exclusiveMinimum"), 0));
    }
  }

  private static JsonNode number(JsonNode bound, int beside) {
    return DecimalNode.valueOf(new BigDecimal(bound.asText()).add(BigDecimal.valueOf(beside)));
  }

  private static void sizes(
      Field field, Optional<Setting<?>> setting, List<JsonNode> inside, List<JsonNode> outside) {
    JsonNode schema = field.schema();
    String bound = field.is("array") ? "maxItems" : "maxLength";
    if (schema.has("pattern")) {
      outside.add(TextNode.valueOf("-"));
      return;
    }
    if (schema.has("enum") || schema.has("format") || schema.path("uniqueItems").asBoolean()) {
      return;
    }
    assertThat(schema.has(bound) || setting.isPresent()).as("it has " + bound).isTrue();
    int most =
        schema.has(bound)
            ? schema.get(bound).asInt()
            : Integer.parseInt(setting.orElseThrow().standard());
    inside.add(ofSize(field, most));
    outside.add(ofSize(field, most + 1));
    if (schema.path("minLength").asInt() > 0) {
      outside.add(TextNode.valueOf(""));
    }
  }

  private static JsonNode ofSize(Field field, int size) {
    return field.is("array")
        ? RequestSchemas.array(contract, field, size)
        : TextNode.valueOf("a".repeat(size));
  }

  /** What is said against a request with such a field; empty if nothing is. */
  private static String refusal(Field field, JsonNode value) throws Exception {
    String method = field.operation().substring(0, field.operation().indexOf(' '));
    String target = field.operation().substring(method.length() + 1);
    String path =
        target
            .replace("{id}", contrast)
            .replace("{name}", target.startsWith("/api/models") ? "tiny" : "faq");
    String valid = VALID.get(field.operation());
    HttpResponse<InputStream> response =
        valid == null
            ? server.stream(method, path + "?" + field.name() + "=" + value.asText(), null)
            : server.stream(method, path, field.in(Json.MAPPER.readTree(valid), value).toString());
    try (InputStream said = response.body()) {
      return response.statusCode() < 400
          ? ""
          : new String(said.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\[\\d+]", "");
    }
  }
}
