package io.kvasir.cli;

import io.kvasir.config.DataFolder;
import io.kvasir.config.Endpoint;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the running server is: as said, as the launcher wrote it down, or as the settings say. */
final class ServerAddress {
  static final Command.Option OPTION =
      new Command.Option("server", "URL", "The server to ask; default: the one of this machine.");

  private ServerAddress() {}

  /**
   * The address of the server to talk to.
   *
   * @throws ProblemException INVALID if it is no address
   */
  static URI of(Optional<String> said, Terminal terminal) {
    String text =
        said.or(() -> writtenDown(terminal.environment())).orElseGet(() -> configured(terminal));
    try {
      URI address = URI.create(text);
      if (List.of("http", "https").contains(String.valueOf(address.getScheme()))
          && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID, "not a server's address: " + text, e);
    }
    throw new ProblemException(
        ProblemException.Kind.INVALID,
        "not a server's address: %s (it looks like http://localhost:8080)".formatted(text));
  }

  private static Optional<String> writtenDown(Map<String, String> environment) {
    Path own = DataFolder.of(environment);
    // Who named a folder means the server of that one; others may use the one that root started.
    boolean usual = own.equals(DataFolder.usual(environment));
    for (Path folder : usual ? List.of(own, DataFolder.OF_ROOT) : List.of(own)) {
      Path file = folder.resolve("run").resolve("address");
      if (Files.isReadable(file)) {
        try {
          return Optional.of(Files.readString(file).strip());
        } catch (IOException e) {
          throw new ProblemException(
              ProblemException.Kind.INVALID, "cannot read " + file + "; say --server URL", e);
        }
      }
    }
    return Optional.empty();
  }

  private static String configured(Terminal terminal) {
    Endpoint set = Endpoint.of(terminal.settings());
    boolean everywhere = set.host().equals("0.0.0.0") || set.host().equals("::");
    String host = everywhere ? "127.0.0.1" : set.host();
    return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, set.port());
  }
}
