package io.kvasir.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.Trace;
import io.kvasir.http.FakeContrasts;
import io.kvasir.http.Samples;
import io.kvasir.http.TestServer;
import io.kvasir.http.exchange.Failures;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.guard.SecurityHeaders;
import io.kvasir.json.Json;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page that a script fetches carries its contrast, whatever stands in it, and nothing else. */
final class ExportRoutesTest {
  private static final String ID = "0d7d1b1c-0000-4000-8000-000000000001";
  private static final String BEFORE = "<!doctype html><script type=\"application/json\">";
  private static final String AFTER = "</script><script>const room = '__KVASIR_SHARED__';</script>";
  private static final WebRoot PAGE =
      WebRoot.of(
          Map.of(
              "/share.html",
              (BEFORE + "__KVASIR_SHARED__" + AFTER).getBytes(StandardCharsets.UTF_8)));

  private final Vertx vertx = Vertx.vertx();
  private final FakeContrasts contrasts = new FakeContrasts();
  private int port;

  private void serve(WebRoot files) throws Exception {
    Router router = Router.router(vertx);
    Failures.install(router, path -> false);
    router.route().handler(SecurityHeaders::add);
    HttpOptions options = HttpOptions.onLoopback(0, Path.of("uploads"));
    new ExportRoutes(contrasts, files, options.limits()).mount(router);
    HttpServer server =
        TestServer.await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    port = server.actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    TestServer.await(vertx.close());
  }

  private HttpResponse<String> export(String id) throws Exception {
    URI address =
        URI.create("http://127.0.0.1:%d/api/contrasts/%s/export.html".formatted(port, id));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void anyTextStaysTextInThePage() throws Exception {
    serve(PAGE);
    String question = "Why </script><script>alert(1)</script> & <!-- \u2028 \"quotes\" 为什么?";
    contrasts.traces.put(ID, Samples.trace(ID, question));
    HttpResponse<String> page = export(ID);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("content-disposition"))
        .contains("attachment; filename=\"kvasir-%s.html\"".formatted(ID));
    assertThat(page.body()).startsWith(BEFORE).endsWith(AFTER);
    String carried = page.body().substring(BEFORE.length(), page.body().length() - AFTER.length());
    assertThat(carried).doesNotContain("<", "\u2028");
    JsonNode trace = Json.MAPPER.readTree(carried).get("trace");
    assertThat(trace.get("question").asText()).isEqualTo(question);
    JsonNode path = trace.get("paths").get(0);
    assertThat(path.get("tokens").get(0).get("mass").get(0).asDouble()).isEqualTo(0.5);
    assertThat(path.get("evidence").get("passages").get(0).get("delta").asDouble()).isEqualTo(6.75);
  }

  @Test
  void whatCannotBeExportedIsRefusedInWords() throws Exception {
    serve(PAGE);
    Trace trace = Samples.trace(ID, "Which?");
    contrasts.traces.put(ID, trace);
    String other = ID.replace('1', '2');

    assertThat(export(other).statusCode()).isEqualTo(404);
    assertThat(export("nothing").statusCode()).isEqualTo(404);
    contrasts.traces.put(other, Samples.trace(other, "x".repeat(17 << 20)));
    HttpResponse<String> large = export(other);
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("16777216", "/api/contrasts/" + other);
  }

  @Test
  void runningContrastIsNotExported() throws Exception {
    serve(PAGE);
    contrasts.traces.put(ID, Samples.running(ID));
    HttpResponse<String> refused = export(ID);

    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("still runs");
  }

  @Test
  void serverWithoutItsPageSaysSo() throws Exception {
    serve(WebRoot.of(Map.of()));
    contrasts.traces.put(ID, Samples.trace(ID, "Which?"));
    HttpResponse<String> refused = export(ID);

    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("without its page");
  }
}
