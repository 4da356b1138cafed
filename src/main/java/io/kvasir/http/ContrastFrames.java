package io.kvasir.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.contrast.ContrastEvent;
import io.kvasir.contrast.Json;
import java.io.UncheckedIOException;

/**
 * How the events of a contrast look on the wire: the id is the event's place, the name its type,
 * the data one line of JSON with the type first.
 */
final class ContrastFrames implements EventStream.Frames<ContrastEvent> {
  private boolean ended;

  @Override
  public String event(int index, ContrastEvent event) {
    ended |= event instanceof ContrastEvent.Ended;
    String fields = line(event).substring(1);
    return "id: %d\nevent: %s\ndata: {\"type\":\"%s\",%s\n\n"
        .formatted(index, event.type(), event.type(), fields);
  }

  /** A contrast whose log closes without saying how it ended was lost by the server. */
  @Override
  public String end() {
    return ended
        ? ""
        : broken(Problem.of(500, "The contrast was lost. The server's log has the details."));
  }

  @Override
  public String broken(Problem problem) {
    ObjectNode data = problem.json().put("kind", problem.kind()).put("type", "problem");
    return "event: problem\ndata: %s\n\n".formatted(line(data));
  }

  /** One line: JSON escapes every line break. */
  private static String line(Object data) {
    try {
      return Json.MAPPER.writeValueAsString(data);
    } catch (JsonProcessingException defect) {
      throw new UncheckedIOException(defect);
    }
  }
}
