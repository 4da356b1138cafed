package io.kvasir.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.postgres.PostgresExtension;
import io.kvasir.server.RunningServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a loaded server tells the bench of its event loop. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class EngineStreamsTest {
  @TempDir Path folder;

  @Test
  void aServerUnderStreamsTellsHowLateItsLoopIs(String databaseUrl) throws Exception {
    try (RunningServer server = RunningServer.start(folder, databaseUrl, Map.of())) {
      URI address = URI.create("http://127.0.0.1:" + server.port());
      EngineStreams streams = new EngineStreams(address, "tiny", "");
      EngineStreams.Load load = streams.load();
      assertThat(load.checks()).isNotEmpty().allMatch(millis -> millis > 0);
      assertThat(load.loop().beats().lastEntry().getValue()).isPositive();
      assertThat(load.loop().worked()).isBetween(0.001, 60.0);
      EngineStreams.Alone alone = streams.alone();
      assertThat(alone.loopMillis()).isPositive().isLessThan(alone.stepMillis());
      URI nobody = URI.create("http://127.0.0.1:1");
      assertThatThrownBy(() -> new EngineStreams(nobody, "tiny", "").load())
          .isInstanceOf(ProblemException.class)
          .hasMessageContaining("http://127.0.0.1:1 did not answer");
    }
  }

  @Test
  void onlyWhatHappenedMeanwhileCounts() {
    EngineLoop before = EngineLoop.of(metrics(100, 100, 101, 1.5));
    EngineLoop during = EngineLoop.of(metrics(150, 152, 153, 2.25)).since(before);
    assertThat(during.latestMillis()).isEqualTo(50);
    assertThat(during.worked()).isEqualTo(0.75);
    assertThat(during).hasToString("52 beats, 2 later than 5 ms");
    assertThatThrownBy(() -> EngineLoop.of("process_cpu_seconds_total 3"))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("--server");
  }

  private static String metrics(int within5, int within50, int all, double worked) {
    return """
        # TYPE kvasir_event_loop_lag_seconds histogram
        kvasir_event_loop_lag_seconds_bucket{le="0.005"} %d
        kvasir_event_loop_lag_seconds_bucket{le="0.05"} %d
        kvasir_event_loop_lag_seconds_bucket{le="+Inf"} %d
        kvasir_event_loop_cpu_seconds_total %s
        """
        .formatted(within5, within50, all, worked);
  }
}
