package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.postgres.PostgresExtension;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A server with far more readers than it can answer at a time. */
@ExtendWith(PostgresExtension.class)
final class CrowdedServerTest {
  private static final int STREAMS = 200;
  private static final int SILENT = 20;

  @TempDir static Path folder;

  @Test
  void twoHundredStreamsWaitTheirTurnAndThoseThatNeverReadHoldNobodyUp(String databaseUrl)
      throws Exception {
    try (RunningServer server = RunningServer.start(folder, databaseUrl, Map.of())) {
      server.ask("warm up");
      try (BlockedLoops blocked = new BlockedLoops()) {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < SILENT; i++) {
          silent.add(silentReader(server.port(), "silent " + i));
        }
        List<CompletableFuture<HttpResponse<InputStream>>> streams = new ArrayList<>();
        for (int i = 0; i < STREAMS - SILENT; i++) {
          streams.add(server.stream("question " + i, 16));
        }
        for (CompletableFuture<HttpResponse<InputStream>> stream : streams) {
          assertThat(RunningServer.read(stream.get(120, TimeUnit.SECONDS)))
              .endsWith("data: [DONE]\n\n");
        }
        for (Socket socket : silent) {
          socket.close();
        }
        assertThat(blocked.seen()).isEmpty();
      }
    }
  }

  /** Sends a request for a long answer and never reads it. */
  private static Socket silentReader(int port, String text) throws IOException {
    byte[] body = RunningServer.chat(text, 400, true).getBytes(StandardCharsets.UTF_8);
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1_024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    String head =
        """
        POST /v1/chat/completions HTTP/1.1\r
        Host: 127.0.0.1:%d\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(port, body.length);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
    return socket;
  }

  /** What Vert.x's checker of blocked threads says while it is open. */
  private static final class BlockedLoops extends Handler implements AutoCloseable {
    private final Logger root = Logger.getLogger("");
    private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();

    BlockedLoops() {
      root.addHandler(this);
    }

    List<String> seen() {
      return List.copyOf(seen);
    }

    @Override
    public void publish(LogRecord record) {
      if (String.valueOf(record.getMessage()).contains("has been blocked")) {
        seen.add(record.getMessage() + " " + record.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      root.removeHandler(this);
    }
  }
}
