package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.ProblemException;
import io.kvasir.core.Workspace;
import io.kvasir.keys.ApiKey;
import io.kvasir.keys.KeyLimits;
import io.kvasir.keys.KeyRing;
import io.kvasir.keys.KeySecret;
import io.kvasir.keys.KeyStore;
import io.vertx.ext.web.Route;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that asks for keys: nothing without one, no more than a key allows with one. */
@Tag("slow")
final class KeyGuardTest {
  private static final String KEY = "a-key-that-is-long-enough";
  private static final KeyLimits LIMITS = new KeyLimits(200, 0);
  private static final String QUESTION = "{\"question\":\"Which?\",\"paths\":[\"closed-book\"]}";

  private final Shelf store = new Shelf();
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(new KeyRing(store, Optional.of(KEY), LIMITS));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void everyRouteButHealthAndThePageAsksForAKey() throws Exception {
    int asked = 0;
    for (Route route : server.verticle.routes()) {
      if (route.getPath() == null || route.methods() == null || route.getPath().equals("/")) {
        continue;
      }
      String path = route.getPath().replaceAll(":\\w+", "x");
      for (io.vertx.core.http.HttpMethod method : route.methods()) {
        HttpResponse<String> refused = send(method.name(), path, null);
        if (path.startsWith("/api/health/")) {
          assertThat(refused.statusCode()).as(path).isEqualTo(200);
          continue;
        }
        asked++;
        assertThat(refused.statusCode()).as("%s %s", method, path).isEqualTo(401);
        assertThat(refused.headers().firstValue("www-authenticate")).contains("Bearer");
        assertThat(send(method.name(), path, "a-key-that-is-long-enougi").statusCode())
            .as("%s %s with a wrong key", method, path)
            .isEqualTo(401);
        assertThat(send(method.name(), path, KEY).statusCode())
            .as("%s %s with the key", method, path)
            .isNotEqualTo(401);
      }
    }
    assertThat(asked).isGreaterThan(20);
    for (String path : List.of("/nowhere", "/api/nowhere", "/API/models", "//api/models")) {
      assertThat(send("GET", path, null).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(send("POST", "/", null).statusCode()).isEqualTo(401);
    assertThat(send("GET", "/", null).statusCode()).isNotEqualTo(401);
    assertThat(send("GET", "/v1/models", null).body()).contains("\"code\":\"invalid_api_key\"");
  }

  @Test
  void whatCannotBeReadIsAnsweredWithoutAKeyAndWithoutALineInTheLog() throws Exception {
    List<String> logged = new CopyOnWriteArrayList<>();
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            logged.add(line.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger.getLogger("").addHandler(handler);
    try {
      for (String target : List.of("/%", "/%zz", "/api/%", "/assets/%e", "/v1/%", "/?%", "/%00")) {
        String answer =
            server.raw(
                "GET %s HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n"
                    .formatted(target));
        assertThat(answer).as(target).startsWith("HTTP/1.1 400 ");
        assertThat(answer)
            .as(target)
            .containsPattern("content-type: application/(problem\\+)?json");
      }
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }
    assertThat(logged).isEmpty();
  }

  @Test
  void aNewKeyCountsAtOnceAndARevokedOneNoMoreOnceThatIsKnown() throws Exception {
    String secret = KeySecret.create();
    store.add(new ApiKey(Workspace.ONLY, "new", KeySecret.hash(secret), Instant.now(), LIMITS));

    assertThat(send("GET", "/api/models", secret).statusCode()).isEqualTo(200);

    store.revoke(Workspace.ONLY, "new");
    long end = System.nanoTime() + 10_000_000_000L;
    while (send("GET", "/api/models", secret).statusCode() == 200) {
      assertThat(System.nanoTime()).as("ten seconds later").isLessThan(end);
      Thread.sleep(100);
    }
    assertThat(send("GET", "/api/models", secret).statusCode()).isEqualTo(401);
  }

  @Test
  void aKeyOpensItsOwnWorkspace() throws Exception {
    Workspace other = new Workspace("other");
    String secret = KeySecret.create();
    store.add(new ApiKey(other, "new", KeySecret.hash(secret), Instant.now(), LIMITS));

    assertThat(send("GET", "/api/collections", secret).statusCode()).isEqualTo(200);
    assertThat(server.library.listed).isEqualTo(other);
    assertThat(send("GET", "/v1/models", KEY).statusCode()).isEqualTo(200);
    assertThat(server.library.listed).isEqualTo(Workspace.ONLY);
  }

  @Test
  void aKeyMakesNoMoreRequestsThanItsLimit() throws Exception {
    String secret = KeySecret.create();
    store.add(
        new ApiKey(
            Workspace.ONLY, "few", KeySecret.hash(secret), Instant.now(), new KeyLimits(2, 0)));

    assertThat(send("GET", "/api/models", secret).statusCode()).isEqualTo(200);
    assertThat(send("GET", "/api/models", secret).statusCode()).isEqualTo(200);
    HttpResponse<String> refused = send("GET", "/api/models", secret);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after"))
        .hasValueSatisfying(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(1, 30));
    assertThat(refused.body()).contains("keys.requests-per-minute");
    assertThat(send("GET", "/v1/models", secret).body()).contains("rate_limit_exceeded");
    assertThat(send("GET", "/api/models", KEY).statusCode()).as("another key").isEqualTo(200);
  }

  @Test
  void aQuestionThatMayTakeMoreThanIsLeftWaitsAndOneThatNeverFitsIsToldSo() throws Exception {
    String secret = KeySecret.create();
    store.add(
        new ApiKey(
            Workspace.ONLY, "little", KeySecret.hash(secret), Instant.now(), new KeyLimits(0, 60)));
    server.contrasts.tokens = 40;
    CompletableFuture<HttpResponse<String>> first =
        server.client.sendAsync(
            request("POST", "/api/contrasts", secret, QUESTION),
            HttpResponse.BodyHandlers.ofString());
    TestServer.until("it runs", () -> !server.contrasts.running.isEmpty());

    HttpResponse<String> refused = ask(secret);

    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("keys.tokens-per-minute");
    assertThat(Integer.parseInt(refused.headers().firstValue("retry-after").orElseThrow()))
        .as("20 of 40 left at 60 a minute")
        .isBetween(15, 20);
    server.contrasts.tokens = 61;
    HttpResponse<String> never = ask(secret);
    assertThat(never.statusCode()).isEqualTo(413);
    assertThat(never.body()).contains("61 tokens", "fewer paths");
    assertThat(send("GET", "/api/models", secret).statusCode()).as("reading").isEqualTo(200);
    server.contrasts.only().events().close();
    assertThat(first.get().statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> ask(String secret) throws Exception {
    return server.client.send(
        request("POST", "/api/contrasts", secret, QUESTION), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String method, String path, String secret) throws Exception {
    return server.client.send(
        request(method, path, secret, null), HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String method, String path, String secret, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url(path)))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (body != null) {
      request.header("content-type", "application/json");
    }
    if (secret != null) {
      request.header("authorization", "Bearer " + secret);
    }
    return request.build();
  }

  /** Keys in memory. */
  private static final class Shelf implements KeyStore {
    private final Map<String, ApiKey> keys = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Void> add(ApiKey key) {
      keys.put(key.name(), key);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<List<ApiKey>> list(Workspace workspace) {
      return all();
    }

    @Override
    public CompletionStage<List<ApiKey>> all() {
      return CompletableFuture.completedStage(List.copyOf(keys.values()));
    }

    @Override
    public CompletionStage<Void> revoke(Workspace workspace, String name) {
      return keys.remove(name) == null
          ? CompletableFuture.failedStage(
              new ProblemException(ProblemException.Kind.NOT_FOUND, name))
          : CompletableFuture.completedStage(null);
    }
  }
}
