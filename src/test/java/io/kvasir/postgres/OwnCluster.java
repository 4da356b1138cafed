package io.kvasir.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of a test's own, which it may kill. Runs as the user postgres or nobody where the
 * test runs as root, because PostgreSQL refuses to.
 */
public final class OwnCluster implements AutoCloseable {
  private static final String PASSWORD = "secret";
  private static final int START_SECONDS = 60;

  private final Path folder;
  private final Path binaries;
  private final int port;
  private Process server;

  /** Makes a cluster and starts it. */
  public OwnCluster() {
    try {
      binaries = binaries();
      folder = Files.createTempDirectory("kvasir-cluster");
      port = freePort();
      Path password = Files.writeString(folder.resolve("password"), PASSWORD);
      if (isRoot()) {
        run(List.of("chown", "-R", user(), folder.toString()));
      }
      run(
          asUser(
              binaries.resolve("initdb").toString(),
              "-D",
              data().toString(),
              "-U",
              "kvasir",
              "--pwfile=" + password,
              "-A",
              "scram-sha-256",
              "-E",
              "UTF8",
              "--locale=C",
              "--no-sync"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /** Copies a cluster that runs, to follow it. */
  private OwnCluster(OwnCluster primary) {
    try {
      binaries = primary.binaries;
      folder = Files.createTempDirectory("kvasir-replica");
      port = freePort();
      if (isRoot()) {
        run(List.of("chown", "-R", user(), folder.toString()));
      }
      run(
          asUser(
              binaries.resolve("pg_basebackup").toString(),
              "--pgdata=" + data(),
              "--write-recovery-conf",
              "--checkpoint=fast",
              "--no-sync",
              "--dbname=host=127.0.0.1 port=%d user=kvasir password=%s"
                  .formatted(primary.port, PASSWORD)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  /** A streaming replica of it, which can only be read. */
  public OwnCluster replica() {
    return new OwnCluster(this);
  }

  /** URL of its superuser. */
  public String url() {
    return "postgresql://kvasir:%s@127.0.0.1:%d/postgres".formatted(PASSWORD, port);
  }

  /** Starts it (again) and waits until it answers. */
  public void start() {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < endNanos) {
      try {
        if (server == null || !server.isAlive()) {
          server =
              new ProcessBuilder(
                      asUser(
                          binaries.resolve("postgres").toString(),
                          "-D",
                          data().toString(),
                          "-p",
                          Integer.toString(port),
                          "-c",
                          "listen_addresses=127.0.0.1",
                          "-c",
                          "unix_socket_directories=" + folder,
                          "-c",
                          "fsync=off"))
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start();
        }
        Process ready =
            new ProcessBuilder(
                    binaries.resolve("pg_isready").toString(),
                    "-q",
                    "-h",
                    "127.0.0.1",
                    "-p",
                    Integer.toString(port))
                .start();
        if (ready.waitFor(10, TimeUnit.SECONDS) && ready.exitValue() == 0) {
          return;
        }
        // After a kill the new server waits until the last old backend is gone.
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (IOException | InterruptedException e) {
        throw new AssertionError("PostgreSQL cannot be started", e);
      }
    }
    throw new AssertionError("PostgreSQL did not answer within %d s".formatted(START_SECONDS));
  }

  /** Lets it hang, as a machine does that swaps: connections stay, nothing answers. */
  public void pause() {
    signal("-STOP");
  }

  /** Lets it go on after a pause. */
  public void resume() {
    signal("-CONT");
    // runuser stops itself with what it runs, and would not notice its end.
    run(List.of("kill", "-CONT", Long.toString(server.pid())));
  }

  private void signal(String signal) {
    List<String> command = new ArrayList<>(List.of("kill", signal));
    ProcessHandle postmaster = postmaster();
    command.add(Long.toString(postmaster.pid()));
    postmaster.descendants().forEach(backend -> command.add(Long.toString(backend.pid())));
    run(command);
  }

  private ProcessHandle postmaster() {
    try {
      return ProcessHandle.of(
              Long.parseLong(Files.readAllLines(data().resolve("postmaster.pid")).get(0)))
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** kill -9. */
  public void kill() {
    try {
      ProcessHandle postmaster = postmaster();
      List<ProcessHandle> backends = postmaster.descendants().toList();
      postmaster.destroyForcibly();
      backends.forEach(ProcessHandle::destroyForcibly);
      server.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("PostgreSQL cannot be killed", e);
    }
  }

  @Override
  public void close() {
    if (server.isAlive()) {
      kill();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** The folder of the programs of the newest PostgreSQL here. */
  static Path binaries() {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.comparing(Path::toString))
          .orElseThrow(() -> new AssertionError("no PostgreSQL in /usr/lib/postgresql"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> asUser(String... command) {
    List<String> words = new ArrayList<>();
    if (isRoot()) {
      words.addAll(List.of("runuser", "-u", user(), "--"));
    }
    words.addAll(List.of(command));
    return words;
  }

  private static String user() {
    try {
      return Files.readString(Path.of("/etc/passwd")).contains("postgres:") ? "postgres" : "nobody";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** Runs a program to its end, which must be a good one. */
  static void run(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new AssertionError(command + " failed: " + output);
      }
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
