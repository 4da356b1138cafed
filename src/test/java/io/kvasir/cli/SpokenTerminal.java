package io.kvasir.cli;

import io.kvasir.server.ServerSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs command lines and keeps what they say. */
final class SpokenTerminal {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment;
  private final boolean watched;

  SpokenTerminal(Map<String, String> environment) {
    this(environment, false);
  }

  /** One at which somebody sits, if it is watched. */
  SpokenTerminal(Map<String, String> environment, boolean watched) {
    this.environment = environment;
    this.watched = watched;
  }

  int run(String... words) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment,
            watched,
            ServerSettings.ALL);
    return new CommandLine(List.of()).run(words, terminal).number();
  }

  String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
