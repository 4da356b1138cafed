package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.postgres.PostgresExtension;
import io.kvasir.telemetry.MetricNames;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a server measures of itself, as Prometheus reads it. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class MeasuredServerTest {
  @TempDir static Path folder;

  @Test
  void everythingThatIsMeasuredIsExposedByPath(String databaseUrl) throws Exception {
    String metrics;
    try (RunningServer server = RunningServer.start(folder, databaseUrl, Map.of())) {
      server.ask("Which frog sings at night?");
      // The event loop is looked at now and then, for the first time a moment after the start.
      RunningServer.until(() -> server.get("/metrics").contains(MetricNames.EVENT_LOOP_LAG));
      metrics = server.get("/metrics");
    }

    for (java.lang.reflect.Field name : MetricNames.class.getFields()) {
      String value = (String) name.get(null);
      if (value.startsWith("kvasir_")) {
        assertThat(metrics).contains("# TYPE " + value + " ");
      }
    }
    for (String path : List.of("closed-book", "rag", "attention", "chat")) {
      assertThat(metrics).contains("kvasir_generation_tokens_total{path=\"" + path + "\"}");
    }
    assertThat(metrics)
        .contains("kvasir_num_requests_waiting{model_name=\"tiny\"} 0.0")
        .contains("finished_reason=\"length\",path=\"rag\"")
        .contains("kvasir_retrieval_time_seconds_count{stage=\"search\"}")
        .contains("method=\"POST\",route=\"/api/contrasts\",status=\"200\"")
        .doesNotContain("frog");
    assertThat(
            metrics
                .lines()
                .filter(
                    line -> line.startsWith("kvasir_time_to_first_token_seconds_count{path=\"rag"))
                .toList())
        .singleElement()
        .satisfies(line -> assertThat(line).doesNotEndWith(" 0"));
  }
}
