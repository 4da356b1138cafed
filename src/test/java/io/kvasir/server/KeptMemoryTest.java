package io.kvasir.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.PathTrace;
import io.kvasir.core.PathTrace.Stored.Outcome;
import io.kvasir.core.Trace;
import io.kvasir.postgres.PostgresExtension;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What one server computed of a scope, another one does not compute again. */
@Tag("slow")
@ExtendWith(PostgresExtension.class)
final class KeptMemoryTest {
  private static final String QUESTION = "Which frog sings at night?";

  @TempDir Path first;
  @TempDir Path second;

  @Test
  void anotherServerAnswersTheSameAndReadsOnlyTheQuestion(String databaseUrl) throws Exception {
    PathTrace computed;
    try (RunningServer server = RunningServer.start(first, databaseUrl, Map.of())) {
      assertThat(attention(server.ask(QUESTION)).prompt().stored())
          .as("nothing is kept unless somebody wants it")
          .isNull();
      assertThat(server.keepMemory()).contains("\"kept\":true");
      computed = attention(server.ask(QUESTION));
      assertThat(computed.prompt().stored()).as("the decoder remembers it").isNull();
      RunningServer.until(
          () -> server.get("/api/collections/pond/memory").contains("\"entries\":1"));
    }
    try (RunningServer server = RunningServer.start(second, databaseUrl, Map.of())) {
      PathTrace recalled = attention(server.ask(QUESTION));

      PathTrace.Stored stored = recalled.prompt().stored();
      assertThat(stored.outcome()).isEqualTo(Outcome.READ);
      assertThat(stored.bytes()).isPositive();
      assertThat(recalled.prompt().cachedTokens()).isGreaterThanOrEqualTo(stored.tokens());
      assertThat(recalled.answer()).isEqualTo(computed.answer());
      assertThat(recalled.tokens())
          .extracting(PathTrace.TokenTrace::logprob)
          .isEqualTo(computed.tokens().stream().map(PathTrace.TokenTrace::logprob).toList());
      assertThat(recalled.passages().get(0).attended())
          .as("the same evidence")
          .isEqualTo(computed.passages().get(0).attended());
    }
  }

  private static PathTrace attention(Trace trace) {
    assertThat(trace.status()).isEqualTo(Trace.Status.COMPLETE);
    return trace.paths().get(2);
  }
}
