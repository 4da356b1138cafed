package io.kvasir.http.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.contrast.ContrastEvent;
import io.kvasir.evidence.EvidenceEvent;
import io.kvasir.http.exchange.EventStream;
import io.kvasir.http.exchange.Problem;
import io.kvasir.json.Json;
import java.io.UncheckedIOException;
import java.util.function.Function;

/**
 * How events of several types look on the wire: the id is the event's place, the name its type, the
 * data one line of JSON with the type first.
 *
 * @param <E> the type of all of them
 */
public final class TypedFrames<E> implements EventStream.Frames<E> {
  private final Function<E, String> type;
  private final Class<? extends E> last;
  private final String what;
  private boolean ended;

  private TypedFrames(Function<E, String> type, Class<? extends E> last, String what) {
    this.type = type;
    this.last = last;
    this.what = what;
  }

  /** The frames of one reader of a contrast. */
  public static TypedFrames<ContrastEvent> contrast() {
    return new TypedFrames<>(ContrastEvent::type, ContrastEvent.Ended.class, "The contrast");
  }

  /** The frames of one reader of a measurement of evidence. */
  static TypedFrames<EvidenceEvent> evidence() {
    return new TypedFrames<>(EvidenceEvent::type, EvidenceEvent.Ended.class, "The measurement");
  }

  @Override
  public String event(int index, E event) {
    ended |= last.isInstance(event);
    String name = type.apply(event);
    return "id: %d\nevent: %s\ndata: {\"type\":\"%s\",%s\n\n"
        .formatted(index, name, name, line(event).substring(1));
  }

  /** What closes without saying how it ended was lost by the server. */
  @Override
  public String end() {
    return ended
        ? ""
        : broken(Problem.of(500, what + " was lost. The server's log has the details."));
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
