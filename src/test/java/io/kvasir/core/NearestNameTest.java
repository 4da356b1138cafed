package io.kvasir.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever mistypes a name is told the one that was probably meant, and no other. */
final class NearestNameTest {
  private static final List<String> KNOWN = List.of("http.port", "http.host", "engine.slots");

  @Test
  void findsWhatWasMeant() {
    assertThat(NearestName.of("http.prot", KNOWN)).contains("http.port");
    assertThat(NearestName.of("HTTP.HOST", KNOWN)).contains("http.host");
    assertThat(NearestName.of("engine.slot", KNOWN)).contains("engine.slots");
  }

  @Test
  void saysNothingWhenNothingIsNear() {
    assertThat(NearestName.of("zebra", KNOWN)).isEmpty();
    assertThat(NearestName.hint("zebra", KNOWN)).isEmpty();
    assertThat(NearestName.of("x", List.of())).isEmpty();
  }

  @Test
  void countsChangesAdditionsAndSwaps() {
    assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(NearestName.distance("prot", "port")).isEqualTo(1);
    assertThat(NearestName.distance("", "abc")).isEqualTo(3);
  }
}
