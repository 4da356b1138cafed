package io.kvasir.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** trec_eval's own values for the rankings of rankings.jsonl, which rankings.py made with it. */
final class RankingScoreTest {
  @ParameterizedTest
  @MethodSource("rankings")
  void scoresAsTrecEvalDoes(JsonNode row) {
    List<String> ranked = new ArrayList<>();
    row.get("ranked").forEach(each -> ranked.add(each.asText()));
    Map<String, Integer> relevant = new HashMap<>();
    row.get("relevant")
        .fields()
        .forEachRemaining(each -> relevant.put(each.getKey(), each.getValue().asInt()));
    RankingScore score = RankingScore.of(ranked, relevant);

    assertThat(score.recall1()).isCloseTo(row.get("recall1").asDouble(), within(1e-9));
    assertThat(score.recall5()).isCloseTo(row.get("recall5").asDouble(), within(1e-9));
    assertThat(score.recall10()).isCloseTo(row.get("recall10").asDouble(), within(1e-9));
    assertThat(score.reciprocalRank())
        .isCloseTo(row.get("reciprocalRank").asDouble(), within(1e-9));
    assertThat(score.ndcg10()).isCloseTo(row.get("ndcg10").asDouble(), within(1e-9));
    assertThat(score.averagePrecision())
        .isCloseTo(row.get("averagePrecision").asDouble(), within(1e-9));
  }

  static List<JsonNode> rankings() throws IOException {
    return JsonLines.of("/evaluate/rankings.jsonl");
  }

  @Test
  void passagesOfOneDocumentAreOneDocument() {
    assertThat(RankingScore.of(List.of("a", "a", "a", "b"), Map.of("b", 1)))
        .isEqualTo(RankingScore.of(List.of("a", "b"), Map.of("b", 1)));
  }

  @Test
  void withoutAnythingRelevantThereIsNoScore() {
    assertThatThrownBy(() -> RankingScore.of(List.of("a"), Map.of("a", 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
