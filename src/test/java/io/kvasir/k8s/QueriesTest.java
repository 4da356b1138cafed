package io.kvasir.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The check of queries itself: what would leave a panel empty, or an alert silent, is found. */
final class QueriesTest {
  private static final String TOLD =
      """
      # TYPE kvasir_num_requests_waiting gauge
      kvasir_num_requests_waiting{model_name="tiny"} 0.0
      kvasir_wait_seconds_bucket{path="rag",le="0.1"} 3
      """;

  @Test
  void whatIsToldIsAnswered() {
    assertThat(
            Queries.unanswered(
                "max by (pod) (kvasir_num_requests_waiting{namespace=\"kvasir\"}) > 3", TOLD))
        .isEmpty();
    assertThat(
            Queries.unanswered(
                "sum by (le, path) (rate(kvasir_wait_seconds_bucket{path=~\"r.*\"}[5m]))", TOLD))
        .isEmpty();
  }

  @Test
  void whatIsMisspeltIsFound() {
    assertThat(Queries.unanswered("sum(kvasir_num_request_waiting{pod=\"a\"})", TOLD))
        .containsExactly("kvasir_num_request_waiting");
    assertThat(Queries.unanswered("sum(kvasir_num_requests_waiting{model=\"a\"})", TOLD))
        .containsExactly("kvasir_num_requests_waiting by model");
    assertThat(Queries.unanswered("sum by (paths) (kvasir_num_requests_waiting{})", TOLD))
        .containsExactly("a label paths");
    assertThat(Queries.unanswered("sum(kvasir_num_requests_waiting)", TOLD)).isNotEmpty();
  }
}
