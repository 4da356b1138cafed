package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.ProblemException;
import io.kvasir.json.Json;
import io.kvasir.keys.KeyLimits;
import io.kvasir.keys.KeyOptions;
import io.kvasir.postgres.PostgresExtension;
import io.vertx.core.Vertx;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server that is open to a network: what it needs to start, and what a key may use. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class KeyedServerTest {
  private static final int TOKENS_PER_MINUTE = 400;
  private static final int CHATS = 12;

  @TempDir static Path folder;

  @Test
  void itStartsOnlyWithAKeyOrTheWordThatItNeedsNone(String databaseUrl) {
    assertRefused(databaseUrl, Map.of("KVASIR_HTTP_HOST", "0.0.0.0"))
        .withMessageContaining("./kvasir keys create")
        .withMessageContaining("http.keys=none");
    assertThat(keys("none").requiredAt("0.0.0.0")).isFalse();
    assertThat(keys("required").requiredAt("127.0.0.1")).isTrue();
    assertThat(keys("auto").requiredAt("192.168.1.5")).isTrue();
    assertThat(keys("auto").requiredAt("127.0.0.1")).isFalse();
  }

  @Test
  void itDoesNotStartOnAGpuThatIsNotThere(String databaseUrl) {
    assertRefused(databaseUrl, Map.of("KVASIR_ENGINE_PROVIDER", "cuda"))
        .withMessageContaining("engine.provider is cuda")
        .withMessageContaining("engine.provider=cpu");
  }

  @Test
  void requestsAtTheSameTimeUseNoMoreTokensThanTheirKeyHas(String databaseUrl) throws Exception {
    Map<String, String> settings =
        Map.of(
            "KVASIR_HTTP_KEYS", "required",
            "KVASIR_HTTP_KEY", "a-key-of-four-hundred-tokens",
            "KVASIR_KEYS_TOKENS_PER_MINUTE", Integer.toString(TOKENS_PER_MINUTE));
    try (RunningServer server = RunningServer.start(folder, databaseUrl, settings)) {
      long began = System.nanoTime();
      List<CompletableFuture<HttpResponse<String>>> chats = new ArrayList<>();
      for (int i = 0; i < CHATS; i++) {
        chats.add(server.whole("question " + i, 60));
      }
      int used = 0;
      int served = 0;
      for (CompletableFuture<HttpResponse<String>> chat : chats) {
        HttpResponse<String> response = chat.get();
        JsonNode body = Json.MAPPER.readTree(response.body());
        if (response.statusCode() == 200) {
          served++;
          used += body.at("/usage/total_tokens").asInt();
        } else {
          assertThat(response.statusCode()).as(response.body()).isEqualTo(429);
          assertThat(response.headers().firstValue("retry-after")).isPresent();
          assertThat(body.at("/error/code").asText()).isEqualTo("rate_limit_exceeded");
        }
      }
      double minutes = (System.nanoTime() - began) / 60e9;

      assertThat(served).isBetween(1, CHATS - 1);
      assertThat((double) used).isLessThanOrEqualTo(TOKENS_PER_MINUTE * (1 + minutes));
      assertThat(server.whole("what", 1_000).get().statusCode()).as("never fits").isEqualTo(413);
    }
  }

  private static org.assertj.core.api.ThrowableAssertAlternative<ProblemException> assertRefused(
      String databaseUrl, Map<String, String> settings) {
    Map<String, String> environment = new java.util.HashMap<>(settings);
    environment.put("KVASIR_DATA_DIR", folder.toString());
    Vertx vertx = Vertx.vertx();
    try {
      return assertThatExceptionOfType(ProblemException.class)
          .isThrownBy(
              () ->
                  PostgresExtension.await(
                      Server.start(
                          vertx,
                          ServerSettings.ALL.load(environment),
                          databaseUrl,
                          RunningServer.decoders(folder))));
    } finally {
      PostgresExtension.await(vertx.close());
    }
  }

  private static KeyOptions keys(String asked) {
    return new KeyOptions(asked, Optional.empty(), new KeyLimits(0, 0));
  }
}
