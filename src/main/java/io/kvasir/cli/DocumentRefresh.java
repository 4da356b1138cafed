package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code kvasir ingest --refresh}: has read again what an older reader read. */
final class DocumentRefresh {
  private final ServerClient client;
  private final JobFollower follower;
  private final Terminal terminal;

  DocumentRefresh(ServerClient client, JobFollower follower, Terminal terminal) {
    this.client = client;
    this.follower = follower;
    this.terminal = terminal;
  }

  /** Of one collection, or of all. */
  ExitCode run(Optional<String> collection) throws IOException, InterruptedException {
    int done = 0;
    int failed = 0;
    int missing = 0;
    for (String name : collection.map(List::of).orElse(names())) {
      JsonNode refresh =
          client.post("/api/collections/%s/refresh".formatted(ServerClient.segment(name)));
      if (refresh.path("job").isObject()) {
        for (JsonNode file : follower.follow(refresh.path("job")).path("files")) {
          if (file.path("error").isTextual()) {
            failed++;
          } else {
            done++;
          }
        }
      }
      for (JsonNode document : refresh.path("missing")) {
        terminal
            .err()
            .println(
                "%s in %s: read by an older reader; give the file again"
                    .formatted(document.asText(), name));
        missing++;
      }
    }
    terminal
        .out()
        .println(
            "%d documents read again, %d failed, %d to be given again"
                .formatted(done, failed, missing));
    return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
  }

  private List<String> names() throws IOException, InterruptedException {
    return client.get("/api/collections").path("collections").findValuesAsText("name");
  }
}
