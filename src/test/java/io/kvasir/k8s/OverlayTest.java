package io.kvasir.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kvasir.server.ServerSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every overlay can be applied, is safe, and hangs together. */
class OverlayTest {
  static Stream<Overlay> overlays() throws Exception {
    return Overlay.all();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void theApiServerTakesEveryResource(Overlay overlay) {
    assertThat(SchemaRules.violations(overlay)).isEmpty();
    assertThat(overlay.manifests()).extracting(Manifest::title).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void podsAreRestricted(Overlay overlay) {
    assertThat(PodSecurityRules.violations(overlay)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void selectorsSelectAndPortsAreOpen(Overlay overlay) {
    assertThat(SelectorRules.violations(overlay)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void whateverIsNamedIsThere(Overlay overlay) {
    assertThat(ReferenceRules.violations(overlay)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void operatorsAreNotSurprised(Overlay overlay) {
    assertThat(OperationRules.violations(overlay)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("overlays")
  void kvasirKnowsEverySetting(Overlay overlay) {
    Map<String, String> environment = new TreeMap<>(OperationRules.serverEnvironment(overlay));
    assertThat(environment).containsKey("KVASIR_DATA_DIR");
    assertThatCode(() -> ServerSettings.ALL.load(Path.of("no-such-file"), environment))
        .doesNotThrowAnyException();
  }
}
