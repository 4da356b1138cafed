package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.contrast.Contrasts;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.ProblemException;
import io.kvasir.http.exchange.Problem;
import io.kvasir.json.Json;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ContrastRoutesTest {
  private static final String QUESTION =
      "{\"question\":\"Which?\",\"collection\":\"faq\",\"paths\":[\"rag\",\"closed-book\"],"
          + "\"scope\":[\"faq.pdf#One\"],\"k\":3,\"sampling\":{\"temperature\":0.5,\"seed\":7}}";

  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void questionStreamsEveryEventByNameAndEnds() throws Exception {
    HttpResponse<InputStream> response = server.stream("POST", "/api/contrasts", QUESTION);
    Contrasts.Running running = server.contrasts.only();
    Samples.events().forEach(running.events()::append);
    running.events().close();
    String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(response.headers().firstValue("content-type"))
        .contains("text/event-stream; charset=utf-8");
    assertThat(response.headers().firstValue("x-accel-buffering")).contains("no");
    assertThat(response.headers().firstValue("cache-control")).contains("no-store");
    assertThat(response.headers().firstValue("location"))
        .contains("/api/contrasts/" + running.id());
    assertThat(text.lines().filter(line -> line.startsWith("event:")))
        .containsExactly(
            "event: started",
            "event: retrieved",
            "event: prompt",
            "event: queued",
            "event: prefill",
            "event: token",
            "event: finished",
            "event: ended");
    JsonNode token = Json.MAPPER.readTree(dataOf(text, "token"));
    assertThat(token.get("type").asText()).isEqualTo("token");
    assertThat(token.get("path").asText()).isEqualTo("rag");
    assertThat(token.get("token").get("mass")).hasSize(3);
    assertThat(server.contrasts.asked.get(0).paths())
        .isEqualTo(List.of(AnswerPath.RAG, AnswerPath.CLOSED_BOOK));
    assertThat(server.contrasts.asked.get(0).sampling().seed()).isEqualTo(7);
    TestServer.until("the reader left", () -> server.contrasts.readersOf(running.id()) == 0);
  }

  private static String dataOf(String text, String event) {
    String frame = text.substring(text.indexOf("event: " + event + "\n"));
    return frame.lines().filter(line -> line.startsWith("data: ")).findFirst().get().substring(6);
  }

  @Test
  void followUpNeedNotSayWhatItsConversationIsAskedOf() throws Exception {
    String followUp =
        "{\"question\":\"And?\",\"conversation\":\"c\",\"paths\":[\"rag\",\"attention\"]}";
    server.stream("POST", "/api/contrasts", followUp).body().close();

    assertThat(server.contrasts.asked.get(0).conversation()).isEqualTo("c");
    assertThat(server.contrasts.asked.get(0).collection()).isNull();
  }

  @Test
  void reconnectingReaderGetsWhatItMissed() throws Exception {
    server.stream("POST", "/api/contrasts", QUESTION).body().close();
    Contrasts.Running running = server.contrasts.only();
    Samples.events().forEach(running.events()::append);

    HttpResponse<InputStream> response =
        server.stream(
            "GET", "/api/contrasts/" + running.id() + "/events", null, "last-event-id", "5");
    running.events().close();
    String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(text.lines().filter(line -> line.startsWith("id:")))
        .containsExactly("id: 6", "id: 7");
    assertThat(server.get("/api/contrasts/" + running.id() + "/events?lastEventId=7").statusCode())
        .as("nothing follows, so the browser need not come again")
        .isEqualTo(204);
  }

  @Test
  void lostReaderIsCountedOut() throws Exception {
    HttpResponse<InputStream> response = server.stream("POST", "/api/contrasts", QUESTION);
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    assertThat(reader.readLine()).isEqualTo("id: 0");
    String id = server.contrasts.only().id();
    assertThat(server.contrasts.readersOf(id)).isEqualTo(1);

    reader.close();

    TestServer.until("the reader left", () -> server.contrasts.readersOf(id) == 0);
  }

  @Test
  void refusalComesBeforeAnyStream() throws Exception {
    server.contrasts.refusal =
        new ProblemException(ProblemException.Kind.BUSY, "32 contrasts are running.");
    HttpResponse<String> response = server.send("POST", "/api/contrasts", QUESTION);

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("retry-after")).isPresent();
    assertThat(response.headers().firstValue("content-type")).contains(Problem.MEDIA_TYPE);
    assertThat(TestServer.json(response).get("detail").asText())
        .isEqualTo("32 contrasts are running.");
  }

  @Test
  void lostContrastSaysSoBeforeItsStreamCloses() throws Exception {
    HttpResponse<InputStream> response = server.stream("POST", "/api/contrasts", QUESTION);
    server.contrasts.only().events().close();
    String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(text).contains("event: problem\ndata: ").contains("\"status\":500");
  }

  @Test
  void stoppingServerTellsItsReaders() throws Exception {
    HttpResponse<InputStream> response = server.stream("POST", "/api/contrasts", QUESTION);
    server.undeploy();
    String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(text).contains("event: problem\n").contains("Kvasir is shutting down");
  }

  @Test
  void historyIsListedReadAndDeleted() throws Exception {
    server.stream("POST", "/api/contrasts", QUESTION).body().close();
    Contrasts.Running running = server.contrasts.only();
    String path = "/api/contrasts/" + running.id();

    assertThat(TestServer.json(server.get("/api/contrasts?search=Wh&limit=5")).get("contrasts"))
        .hasSize(1);
    assertThat(TestServer.json(server.get(path)).get("paths").get(0).get("path").asText())
        .isEqualTo("rag");
    assertThat(server.send("DELETE", path, null).statusCode()).as("it still runs").isEqualTo(409);
    assertThat(server.send("POST", path + "/cancel", null).statusCode()).isEqualTo(202);
    assertThat(server.contrasts.cancelled).containsExactly(running.id());
    running.events().close();
    assertThat(server.send("DELETE", path, null).statusCode()).isEqualTo(204);
    assertThat(server.get(path).statusCode()).isEqualTo(404);
  }
}
