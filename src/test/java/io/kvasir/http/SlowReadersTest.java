package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.contrast.ContrastEvent;
import io.kvasir.contrast.Contrasts;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathTrace;
import io.kvasir.core.Trace;
import io.kvasir.http.exchange.HttpOptions;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Readers that do not read: they get no more than their socket holds, and nobody waits for them.
 */
final class SlowReadersTest {
  private static final int READERS = 20;
  private static final int TOKENS = 1_500;

  @Test
  void readersThatNeverReadHoldNobodyUpAndAreDropped() throws Exception {
    HttpOptions.Limits patient = HttpOptions.Limits.DEFAULT;
    HttpOptions.Limits limits =
        new HttpOptions.Limits(
            patient.bodyBytes(),
            patient.uploadBytes(),
            patient.uploadFiles(),
            patient.headerBytes(),
            patient.connections(),
            patient.questionCharacters(),
            patient.conversationCharacters(),
            patient.embeddingInputs(),
            patient.exportBytes(),
            patient.bodyTime(),
            patient.uploadTime(),
            patient.keepAlive(),
            patient.idle(),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            patient.grace());
    List<Socket> sleepers = new ArrayList<>();
    try (TestServer server = new TestServer(limits)) {
      HttpResponse<InputStream> reader =
          server.stream(
              "POST", "/api/contrasts", "{\"question\":\"Which?\",\"paths\":[\"closed-book\"]}");
      Contrasts.Running running = server.contrasts.only();
      for (int i = 0; i < READERS; i++) {
        sleepers.add(sleeper(server, running.id()));
      }
      TestServer.until("all follow", () -> server.contrasts.readersOf(running.id()) == READERS + 1);

      PathTrace.TokenTrace token =
          new PathTrace.TokenTrace(9, "dpkg", -0.5, 12.5, new float[1_000]);
      for (int index = 0; index < TOKENS; index++) {
        running.events().append(new ContrastEvent.Token(AnswerPath.CLOSED_BOOK, index, token));
      }
      running.events().append(new ContrastEvent.Ended(Trace.Status.COMPLETE, null));
      running.events().close();
      String text = new String(reader.body().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(text.lines().filter(line -> line.equals("event: token"))).hasSize(TOKENS);
      assertThat(text).contains("event: ended");
      assertThat(server.get("/api/health/live").statusCode()).isEqualTo(200);
      TestServer.until(
          "those that do not read are dropped",
          () -> server.contrasts.readersOf(running.id()) == 0);
    } finally {
      for (Socket sleeper : sleepers) {
        sleeper.close();
      }
    }
  }

  @Test
  void stoppingServerWaitsForNobodyWhoDoesNotRead() throws Exception {
    try (TestServer server = new TestServer();
        Socket first = sleeper(server, begin(server))) {
      String id = server.contrasts.only().id();
      TestServer.until("it follows", () -> server.contrasts.readersOf(id) == 2);
      PathTrace.TokenTrace token =
          new PathTrace.TokenTrace(9, "x".repeat(8 << 20), 0, 1, new float[0]);
      server
          .contrasts
          .only()
          .events()
          .append(new ContrastEvent.Token(AnswerPath.CLOSED_BOOK, 0, token));

      server.undeploy();

      assertThat(server.contrasts.readersOf(id)).isZero();
      assertThat(first.isConnected()).isTrue();
    }
  }

  private static String begin(TestServer server) throws Exception {
    server.stream(
        "POST", "/api/contrasts", "{\"question\":\"Which?\",\"paths\":[\"closed-book\"]}");
    return server.contrasts.only().id();
  }

  private static Socket sleeper(TestServer server, String id) throws Exception {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    String request =
        "GET /api/contrasts/%s/events HTTP/1.1\r\nhost: localhost\r\n\r\n".formatted(id);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    return socket;
  }
}
