package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Follows a job to its end and reports its files as they end. */
final class JobFollower {
  /** How long a server that does not answer is asked again. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final long POLL_MILLISECONDS = 250;

  private final ServerClient client;
  private final Terminal terminal;
  private final boolean quiet;

  /** One that says of files that are done only what was noted of them, if it is to be quiet. */
  JobFollower(ServerClient client, Terminal terminal, boolean quiet) {
    this.client = client;
    this.terminal = terminal;
    this.quiet = quiet;
  }

  /** The job once it is finished. */
  JsonNode follow(JsonNode submitted) throws IOException, InterruptedException {
    return follow(submitted, 0);
  }

  /**
   * The job once it is finished.
   *
   * @param passages how many it has to do; 0 if only its files are known
   */
  JsonNode follow(JsonNode submitted, int passages) throws IOException, InterruptedException {
    Set<String> reported = new HashSet<>();
    JsonNode job = submitted;
    while (true) {
      for (JsonNode file : job.path("files")) {
        String state = file.path("state").asText();
        boolean over = state.equals("done") || state.equals("failed");
        if (over && reported.add(file.path("name").asText())) {
          report(file);
        }
      }
      if (job.path("finished").asBoolean()) {
        terminal.progress("");
        return job;
      }
      terminal.progress(progress(job, reported.size(), passages));
      TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
      job = again(job);
    }
  }

  private static String progress(JsonNode job, int over, int passages) {
    int done = job.path("passagesDone").asInt();
    String far =
        passages > 0
            ? "%d of %d passages".formatted(done, passages)
            : "%d of %d files, %d passages".formatted(over, job.path("files").size(), done);
    String progress =
        "%s, %.0f passages/s".formatted(far, job.path("passagesPerSecond").asDouble());
    return job.path("waiting").isTextual()
        ? progress + "; " + job.path("waiting").asText()
        : progress;
  }

  /** The job goes on while the database or the server is away, so it is worth asking again. */
  private JsonNode again(JsonNode job) throws IOException, InterruptedException {
    long endNanos = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return client.get("/api/jobs/" + ServerClient.segment(job.path("id").asText()));
      } catch (ProblemException e) {
        boolean away =
            e.kind() == ProblemException.Kind.UNAVAILABLE || e.kind() == ProblemException.Kind.BUSY;
        if (!away || System.nanoTime() - endNanos > 0) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(POLL_MILLISECONDS);
      }
    }
  }

  private void report(JsonNode file) {
    terminal.progress("");
    String name = file.path("name").asText();
    if (file.path("error").isTextual()) {
      terminal.err().println("failed: " + name + ": " + file.path("error").asText());
    } else if (!quiet) {
      terminal.out().println("%s: %d passages".formatted(name, file.path("passages").asInt()));
    }
    for (JsonNode note : file.path("notes")) {
      terminal.err().println("note: " + name + ": " + note.asText());
    }
  }
}
