package io.kvasir.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.http.exchange.HttpLimits;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class ConnectionsTest {
  private static final String REQUEST = "GET /api/health/live HTTP/1.1\r\nhost: localhost\r\n\r\n";

  private static HttpLimits limits(int connections, Duration bodyTime, Duration keepAlive) {
    HttpLimits usual = HttpLimits.DEFAULT;
    return usual
        .with(
            new HttpLimits.Requests(
                usual.requests().bodyBytes(), usual.requests().headerBytes(), bodyTime))
        .with(new HttpLimits.Connected(connections, keepAlive, usual.connections().idle()));
  }

  private static String answer(Socket socket) throws Exception {
    socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().flush();
    InputStream stream = socket.getInputStream();
    byte[] piece = new byte[4_096];
    int length = stream.read(piece);
    return new String(piece, 0, Math.max(0, length), StandardCharsets.UTF_8);
  }

  @Test
  void connectionAboveTheLimitIsToldSoAndTheNextOneFindsRoom() throws Exception {
    try (TestServer server =
        new TestServer(limits(2, Duration.ofSeconds(30), Duration.ofSeconds(75)))) {
      Socket first = server.connect();
      Socket second = server.connect();
      assertThat(answer(first)).startsWith("HTTP/1.1 200 ");
      assertThat(answer(second)).startsWith("HTTP/1.1 200 ");

      assertThat(server.raw(REQUEST))
          .startsWith("HTTP/1.1 503 ")
          .contains("http.max-connections")
          .contains("retry-after");

      first.close();
      TestServer.until("there is room", () -> hasRoom(server));
      second.close();
    }
  }

  private static boolean hasRoom(TestServer server) {
    try (Socket socket = server.connect()) {
      return answer(socket).startsWith("HTTP/1.1 200 ");
    } catch (Exception refused) {
      return false;
    }
  }

  @Test
  void connectionWithoutRequestsIsClosed() throws Exception {
    try (TestServer server =
            new TestServer(limits(10, Duration.ofSeconds(30), Duration.ofMillis(300)));
        Socket silent = server.connect();
        Socket slow = server.connect()) {
      slow.getOutputStream().write("GET /api/hea".getBytes(StandardCharsets.UTF_8));
      slow.getOutputStream().flush();

      assertThat(silent.getInputStream().read()).as("the end of the stream").isEqualTo(-1);
      assertThat(slow.getInputStream().read()).as("the end of the stream").isEqualTo(-1);
    }
  }

  @Test
  void bodyThatNeverComesIsGivenUp() throws Exception {
    try (TestServer server =
        new TestServer(limits(10, Duration.ofMillis(300), Duration.ofSeconds(75)))) {
      assertThat(
              server.raw(
                  "POST /api/contrasts HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n"
                      + "content-type: application/json\r\ncontent-length: 100\r\n\r\n{\"quest"))
          .startsWith("HTTP/1.1 408 ");
    }
  }

  @Test
  void bodyThatIsNoBodyEndsItsConnectionAlone() throws Exception {
    try (TestServer server = new TestServer()) {
      String head = "POST /api/contrasts HTTP/1.1\r\nhost: localhost\r\n";
      String type = "content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
      assertThat(server.raw(head + type + "nonsense\r\n")).doesNotContain("200");
      assertThat(server.contrasts.asked).isEmpty();
      assertThat(server.get("/api/health/live").statusCode()).isEqualTo(200);
    }
  }
}
