package io.kvasir.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import io.kvasir.contrast.ContrastEvent;
import io.kvasir.json.Json;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a stream of server-sent events as a contrast's events, one at a time. */
final class EventReader implements Closeable {
  private static final Map<String, Class<? extends ContrastEvent>> TYPES =
      Map.of(
          "started", ContrastEvent.Started.class,
          "retrieved", ContrastEvent.Retrieved.class,
          "prompt", ContrastEvent.Prompted.class,
          "queued", ContrastEvent.Queued.class,
          "prefill", ContrastEvent.Prefill.class,
          "token", ContrastEvent.Token.class,
          "finished", ContrastEvent.Finished.class,
          "ended", ContrastEvent.Ended.class);

  private final BufferedReader reader;

  EventReader(BufferedReader reader) {
    this.reader = reader;
  }

  /** The next event that is known here, or null at the stream's end. */
  @Nullable ContrastEvent next() throws IOException {
    String type = "";
    StringBuilder data = new StringBuilder();
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith("event:")) {
        type = line.substring("event:".length()).strip();
      } else if (line.startsWith("data:")) {
        data.append(line.substring("data:".length()).strip());
      } else if (line.isEmpty()) {
        Class<? extends ContrastEvent> known = TYPES.get(type);
        if (known != null && data.length() > 0) {
          return Json.MAPPER
              .readerFor(known)
              .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
              .readValue(data.toString());
        }
        type = "";
        data.setLength(0);
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
