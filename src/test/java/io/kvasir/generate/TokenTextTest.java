package io.kvasir.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text comes out whole, however tokens cut it. */
final class TokenTextTest {
  @Test
  void neverShowsHalfACharacter() {
    String text = "naïve 北京 café 🎉👩‍🚀 ok";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      CharacterStream stream = new CharacterStream();
      StringBuilder shown = new StringBuilder();
      int at = 0;
      while (at < bytes.length) {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(4));
        shown.append(stream.add(java.util.Arrays.copyOfRange(bytes, at, end)));
        assertThat(text).startsWith(shown);
        at = end;
      }
      assertThat(shown).hasToString(text);
    }
  }

  @Test
  void replacesWhatIsNoTextAsTheJdkDoes() {
    Random random = new Random(2);
    for (int round = 0; round < 5_000; round++) {
      byte[] bytes = new byte[1 + random.nextInt(6)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (random.nextBoolean() ? 0x80 + random.nextInt(128) : random.nextInt(256));
      }
      // The letter behind completes whatever waits.
      byte[] closed = java.util.Arrays.copyOf(bytes, bytes.length + 1);
      closed[bytes.length] = 'a';
      // How many marks stand for a run of wrong bytes is a matter of taste.
      assertThat(new CharacterStream().add(closed).replaceAll("\uFFFD+", "?"))
          .isEqualTo(new String(closed, StandardCharsets.UTF_8).replaceAll("\uFFFD+", "?"));
    }
  }

  @Test
  void endsAtAStopStringThatTokensCut() {
    StopStrings stops = new StopStrings(List.of("\nUser:", "END"));
    assertThat(stops.add("Hello E")).isEqualTo("Hello ");
    assertThat(stops.add("N")).isEmpty();
    assertThat(stops.add("ergy\nUs")).isEqualTo("ENergy");
    assertThat(stops.stopped()).isFalse();
    assertThat(stops.tail()).isEqualTo("\nUs");
    assertThat(stops.add("er: and more")).isEmpty();
    assertThat(stops.stopped()).isTrue();
    assertThat(stops.tail()).isEmpty();
  }

  @Test
  void endsAtTheEarliestOfSeveralStopStrings() {
    StopStrings stops = new StopStrings(List.of("xyz", "b", ""));
    assertThat(stops.add("aaxybxyz")).isEqualTo("aaxy");
    assertThat(stops.stopped()).isTrue();
  }

  @Test
  void holdsNothingBackWithoutStopStrings() {
    StopStrings none = new StopStrings(List.of());
    assertThat(none.add("anything")).isEqualTo("anything");
    assertThat(none.tail()).isEmpty();
  }
}
