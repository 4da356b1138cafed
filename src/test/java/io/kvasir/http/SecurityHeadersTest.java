package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Every answer tells browsers to keep what it holds to itself, errors included. */
final class SecurityHeadersTest {
  @Test
  void everyAnswerForbidsWhatThePageDoesNotNeed() throws Exception {
    try (TestServer server = new TestServer()) {
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (Route route : server.verticle.routes()) {
        if (route.getPath() != null && route.methods() != null) {
          String path = route.getPath().replaceAll(":\\w+", "x");
          for (HttpMethod method : route.methods()) {
            answers.add(server.send(method.name(), path, null));
          }
        }
      }
      answers.add(server.get("/nowhere"));
      answers.add(server.get("/api/nowhere"));
      answers.add(server.send("PATCH", "/api/contrasts", null));

      assertThat(answers).hasSizeGreaterThan(25);
      for (HttpResponse<String> answer : answers) {
        String what = answer.request().method() + " " + answer.uri();
        assertThat(header(answer, "content-security-policy"))
            .as(what)
            .contains("default-src", "frame-ancestors 'none'")
            .doesNotContain("unsafe");
        assertThat(header(answer, "x-content-type-options")).as(what).isEqualTo("nosniff");
        assertThat(header(answer, "referrer-policy")).as(what).isEqualTo("no-referrer");
        assertThat(header(answer, "cross-origin-resource-policy"))
            .as(what)
            .isEqualTo("same-origin");
        assertThat(answer.headers().firstValue("server")).as(what).isEmpty();
      }
      assertThat(server.raw("no request at all\r\n\r\n").toLowerCase(Locale.ROOT))
          .contains("content-security-policy: default-src 'none'");
    }
  }

  private static String header(HttpResponse<String> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
