package io.kvasir.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RankingMeasuresTest {
  @Test
  void correlationsAreScipys() {
    // scipy.stats 1.17.1: spearmanr and kendalltau of these two lists
    double[] one = {1, 2, 2, 4, 5, 3};
    double[] other = {2, 1, 4, 3, 5, 5};
    assertThat(Ranks.spearman(one, other)).isCloseTo(0.6470588235294118, within(1e-12));
    assertThat(Agreement.tauB(one, other)).isCloseTo(0.5, within(1e-12));
    assertThat(Ranks.spearman(one, new double[6])).isZero();
  }

  @Test
  void overlapIsZeroForChanceAndOneForTheSame() {
    double[] scores = {5, 4, 3, 2, 1, 0, -1, -2, -3, -4};
    assertThat(Agreement.chance(10)).isCloseTo(0.651, within(0.001));
    assertThat(Agreement.rankBiasedOverlap(scores, scores)).isCloseTo(1, within(1e-12));
    SplittableRandom random = new SplittableRandom(3);
    double sum = 0;
    for (int i = 0; i < 2_000; i++) {
      sum += Agreement.rankBiasedOverlap(scores, random.doubles(10).toArray()) / 2_000;
    }
    assertThat(sum).isCloseTo(0, within(0.02));
    assertThat(Agreement.overlap(scores, new double[] {0, 9, 8, 0, 0, 0, 0, 0, 0, 0}, 2))
        .isEqualTo(0.5);
  }

  @Test
  void gainFallsWithTheRankOfTheRightOne() {
    assertThat(Ranks.gain(new double[] {0.1, 0.9, 0.5}, 1)).isEqualTo(1);
    assertThat(Ranks.gain(new double[] {0.1, 0.9, 0.5}, 2))
        .isCloseTo(1 / (Math.log(3) / Math.log(2)), within(1e-12));
    assertThat(Ranks.rank(new double[3], 0)).isEqualTo(2);
  }

  @Test
  void wordsThatAreRareCountMore() {
    Bm25 index =
        new Bm25(List.of("the cat and the dog", "the dog", "the gull and the cat, a gull"));
    double[] scores = index.scores("the gull");
    assertThat(Ranks.first(scores)).isEqualTo(2);
    assertThat(scores[1]).isLessThan(scores[2]);
    assertThat(new Bm25(List.of("图书馆", "市场")).scores("图书馆在哪里")[0]).isPositive();
  }

  @Test
  void headsThatFindThePassageEveryTimeAreKeptEveryTime() {
    SplittableRandom random = new SplittableRandom(4);
    HeadRanking ranking =
        new HeadRanking(
            java.util.stream.IntStream.range(0, 40)
                .mapToObj(
                    question ->
                        new double[] {
                          random.nextDouble(), 1, random.nextDouble(), random.nextDouble()
                        })
                .toList());
    assertThat(ranking.best(2)).startsWith(1);
    assertThat(ranking.stability(2).get(0)).isCloseTo(1, within(1e-9));
    assertThat(ranking.stability(2).get(1)).isBetween(0.2, 1.0);
  }
}
