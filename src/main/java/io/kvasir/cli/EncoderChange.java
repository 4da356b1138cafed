package io.kvasir.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;

/** {@code kvasir ingest --encoder}: has a collection encoded anew with another encoder. */
final class EncoderChange {
  private final ServerClient client;
  private final JobFollower follower;
  private final Terminal terminal;

  EncoderChange(ServerClient client, JobFollower follower, Terminal terminal) {
    this.client = client;
    this.follower = follower;
    this.terminal = terminal;
  }

  /** Follows it to the end. */
  ExitCode run(String collection, String encoder) throws IOException, InterruptedException {
    String target = "/api/collections/%s/encode".formatted(ServerClient.segment(collection));
    String body = JsonNodeFactory.instance.objectNode().put("encoder", encoder).toString();
    JsonNode job =
        follower.follow(client.post(target, BodyPublishers.ofString(body), "application/json"));
    if (job.path("files").path(0).path("error").isTextual()) {
      return ExitCode.FAILED;
    }
    terminal
        .out()
        .println(
            "%s: %d passages are encoded with %s"
                .formatted(collection, job.path("passagesDone").asInt(), encoder));
    return ExitCode.OK;
  }
}
