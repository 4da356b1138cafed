package io.kvasir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.contrast.ContrastEvent;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stream says is read whole, whatever a newer server adds to it. */
final class EventReaderTest {
  @Test
  void everyEventThereIsIsRead() {
    assertThat(EventReader.TYPES.values()).containsExactlyInAnyOrderElementsOf(permitted());
  }

  @SuppressWarnings("unchecked")
  private static List<Class<? extends ContrastEvent>> permitted() {
    return List.of((Class<? extends ContrastEvent>[]) ContrastEvent.class.getPermittedSubclasses());
  }

  @Test
  void beatsEventsAndFieldsThatAreUnknownArePassedOver() throws Exception {
    String stream =
        """
        : beat

        event: rumour
        data: {"of": "a newer server"}

        id: 7
        event: queued
        data: {"path": "memory",
        data:  "position": 3, "since": "a newer server"}

        """;
    try (EventReader reader = new EventReader(new BufferedReader(new StringReader(stream)))) {
      assertThat(reader.next())
          .isInstanceOfSatisfying(
              ContrastEvent.Queued.class,
              queued -> {
                assertThat(queued.path().name()).isEqualTo("memory");
                assertThat(queued.position()).isEqualTo(3);
              });
      assertThat(reader.next()).isNull();
    }
  }
}
