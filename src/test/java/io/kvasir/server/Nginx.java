package io.kvasir.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real nginx in front of servers, set up as the annotations of {@code k8s/overlays/ingress} set
 * up the one of a cluster: streams unbuffered, a client stays with its server, and what a server
 * refuses or cannot take goes to the next. It holds no grudge against a server that was away, since
 * in a cluster readiness says who gets requests.
 */
final class Nginx implements AutoCloseable {
  /** The cookie by which a client stays with its server. */
  static final String COOKIE = "kvasir_server";

  private final int port = freePort();
  private final Path errors;
  private final Process process;

  /**
   * Starts it.
   *
   * @param folder of its own
   * @param servers the ports of the servers, on loopback
   */
  Nginx(Path folder, List<Integer> servers) throws IOException {
    Files.createDirectories(folder);
    errors = folder.resolve("error.log");
    Path configuration = Files.writeString(folder.resolve("nginx.conf"), text(folder, servers));
    process =
        new ProcessBuilder(
                program().toString(),
                "-p",
                folder.toString(),
                "-e",
                errors.toString(),
                "-c",
                configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output.log").toFile())
            .start();
  }

  private static Path program() {
    return Stream.of(
            Path.of("/usr/sbin/nginx"),
            Path.of("target", "tools", "nginx", "usr", "sbin", "nginx").toAbsolutePath())
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "There is no nginx here. ./kvasir test unpacks one; see ensure_nginx in"
                        + " src/launcher."));
  }

  private String text(Path folder, List<Integer> servers) {
    String upstream =
        servers.stream()
            .map(each -> "server 127.0.0.1:%d max_fails=0;".formatted(each))
            .collect(Collectors.joining("\n    "));
    return """
    daemon off;
    %s
    worker_processes 1;
    pid %s/nginx.pid;
    events { worker_connections 512; }
    http {
      access_log off;
      client_body_temp_path %<s/body;
      proxy_temp_path %<s/proxy;
      fastcgi_temp_path %<s/fastcgi;
      uwsgi_temp_path %<s/uwsgi;
      scgi_temp_path %<s/scgi;
      upstream kvasir {
        hash $cookie_%s consistent;
        %s
        keepalive 16;
      }
      server {
        listen 127.0.0.1:%d;
        client_max_body_size 512m;
        location / {
          proxy_pass http://kvasir;
          proxy_http_version 1.1;
          proxy_set_header Connection "";
          proxy_set_header Host $http_host;
          proxy_buffering off;
          proxy_read_timeout 660s;
          proxy_next_upstream error http_503 non_idempotent;
        }
      }
    }
    """
        .formatted(
            // As root it would give its work to a user that cannot read the test's folder.
            System.getProperty("user.name").equals("root") ? "user root;" : "",
            folder,
            COOKIE,
            upstream,
            port);
  }

  /** A port that nobody listens on. */
  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  /** What went wrong between it and the servers. */
  String errors() throws IOException {
    return Files.exists(errors) ? Files.readString(errors) : "";
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
