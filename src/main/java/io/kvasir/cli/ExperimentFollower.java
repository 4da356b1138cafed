package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Follows an experiment to its end, prints its table and keeps its reports. */
final class ExperimentFollower {
  /** Where reports go. */
  static final Command.Option OUT =
      new Command.Option(
          "out", "DIR", "Keeps report.html, report.json, results.json and results.csv there.");

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long POLL_MILLISECONDS = 500;
  private static final List<String> REPORTS =
      List.of("report.html", "report.json", "results.json", "results.csv");

  private final ServerClient client;
  private final Terminal terminal;

  ExperimentFollower(ServerClient client, Terminal terminal) {
    this.client = client;
    this.terminal = terminal;
  }

  /** Waits for the end of an experiment, which goes on when whoever follows it leaves. */
  ExitCode follow(JsonNode begun, Arguments arguments) throws IOException, InterruptedException {
    String id = begun.path("id").asText();
    terminal.err().printf("experiment %s; to come back to it: kvasir eval follow %s%n", id, id);
    JsonNode experiment = ended(begun);
    String state = experiment.path("state").asText();
    terminal.out().print(client.text(address(id) + "/report.txt"));
    keep(id, arguments.value(OUT.name()));
    if (state.equals("complete")) {
      return ExitCode.OK;
    }
    terminal
        .err()
        .printf(
            "the experiment is %s%s; it goes on with: kvasir eval resume %s%n",
            state,
            experiment.path("message").isTextual()
                ? ": " + experiment.path("message").asText()
                : "",
            id);
    return ExitCode.FAILED;
  }

  /** An experiment as it is when it has ended; how far it is, is shown meanwhile. */
  JsonNode ended(JsonNode begun) throws IOException, InterruptedException {
    JsonNode experiment = begun;
    while (goes(experiment)) {
      terminal.progress(progress(experiment));
      TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
      experiment = again(begun.path("id").asText());
    }
    terminal.progress("");
    return experiment;
  }

  /** What an experiment says, with every result. */
  JsonNode report(String id) throws IOException, InterruptedException {
    return client.get(address(id) + "/report.json");
  }

  private static boolean goes(JsonNode experiment) {
    String state = experiment.path("state").asText();
    return state.equals("waiting") || state.equals("running");
  }

  private static String progress(JsonNode experiment) {
    int done = experiment.path("done").asInt();
    String progress = "%d of %d answers".formatted(done, experiment.path("total").asInt());
    if (experiment.path("message").isTextual()) {
      return progress + "; " + experiment.path("message").asText();
    }
    if (experiment.path("secondsLeft").isNumber()) {
      long seconds = experiment.path("secondsLeft").asLong();
      return "%s, about %s left".formatted(progress, time(seconds));
    }
    return done == 0 ? progress + "; stores documents" : progress;
  }

  private static String time(long seconds) {
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200 ? seconds / 60 + " min" : "%.1f h".formatted(seconds / 3600.0);
  }

  /** The experiment goes on while the server is away, so it is worth asking again. */
  private JsonNode again(String id) throws IOException, InterruptedException {
    long endNanos = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return client.get(address(id));
      } catch (ProblemException e) {
        boolean away = e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.BUSY;
        if (!away || System.nanoTime() - endNanos > 0) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
      }
    }
  }

  private void keep(String id, Optional<String> out) throws IOException, InterruptedException {
    if (out.isEmpty()) {
      return;
    }
    Path folder = Files.createDirectories(Path.of(out.get()));
    for (String report : REPORTS) {
      Files.writeString(folder.resolve(report), client.text(address(id) + "/" + report));
    }
    terminal.err().printf("kept in %s: %s%n", folder, String.join(", ", REPORTS));
  }

  private static String address(String id) {
    return "/api/experiments/" + ServerClient.segment(id);
  }
}
