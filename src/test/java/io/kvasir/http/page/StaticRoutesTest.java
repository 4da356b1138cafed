package io.kvasir.http.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.http.TestServer;
import io.kvasir.http.exchange.Failures;
import io.kvasir.http.guard.SecurityHeaders;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StaticRoutesTest {
  private static final String SCRIPT = "export const answer = 42;\n".repeat(200);
  private static final Map<String, byte[]> PAGE =
      Map.of(
          "/index.html", bytes("<!doctype html><title>Kvasir</title>"),
          "/assets/index-1a2b.js", bytes(SCRIPT));

  private final Vertx vertx = Vertx.vertx();
  private int port;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void serve(WebRoot page) throws Exception {
    Router router = Router.router(vertx);
    Failures.install(router, path -> false);
    router.route().handler(SecurityHeaders::add);
    new StaticRoutes(page).mount(router);
    HttpServer server =
        TestServer.await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    port = server.actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    TestServer.await(vertx.close());
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void pageIsServedForThisSiteAloneAndAskedForAgain() throws Exception {
    serve(WebRoot.of(PAGE));
    HttpResponse<byte[]> page = get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-type")).contains("text/html; charset=utf-8");
    assertThat(page.headers().firstValue("cache-control")).contains("no-cache");
    assertThat(page.headers().firstValue("content-security-policy").get())
        .contains("default-src 'self'", "frame-ancestors 'none'");
    assertThat(page.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(get("/", "if-none-match", page.headers().firstValue("etag").get()).statusCode())
        .isEqualTo(304);
    assertThat(get("/unknown.js").statusCode()).isEqualTo(404);
  }

  @Test
  void hashedFilesAreKeptForGoodAndCompressed() throws Exception {
    serve(WebRoot.of(PAGE));
    HttpResponse<byte[]> plain = get("/assets/index-1a2b.js");
    HttpResponse<byte[]> compressed = get("/assets/index-1a2b.js", "accept-encoding", "br, gzip");

    assertThat(plain.headers().firstValue("cache-control").get()).contains("immutable");
    assertThat(plain.headers().firstValue("content-type"))
        .contains("text/javascript; charset=utf-8");
    assertThat(new String(plain.body(), StandardCharsets.UTF_8)).isEqualTo(SCRIPT);
    assertThat(compressed.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(compressed.headers().firstValue("vary")).contains("accept-encoding");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
        .isEqualTo(plain.body());
  }

  @Test
  void serverWithoutPageSaysSo() throws Exception {
    serve(WebRoot.of(Map.of()));
    HttpResponse<byte[]> page = get("/");

    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("built without its page");
  }

  @Test
  void pageIsReadOutOfAJar(@TempDir Path folder) throws Exception {
    Path jar = folder.resolve("kvasir.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (Map.Entry<String, byte[]> file : PAGE.entrySet()) {
        zip.putNextEntry(new ZipEntry("webroot" + file.getKey()));
        zip.write(file.getValue());
      }
    }
    try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      WebRoot page = WebRoot.load(classes);

      assertThat(page.get("/index.html").mediaType()).startsWith("text/html");
      assertThat(page.get("/assets/index-1a2b.js").content().toString()).isEqualTo(SCRIPT);
    }
  }
}
