package io.kvasir.contrast.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Hit;
import io.kvasir.core.Hits;
import io.kvasir.core.Passage;
import io.kvasir.core.ScopeSelection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which of the retrieved passages go into the prompt of the rag path. */
final class RagTest {
  @Test
  void whatIsFarBehindTheNearestByBothMeasuresIsLeftOut() {
    List<Hit> hits =
        List.of(hit(1, 0.60, 9.0), hit(2, 0.58, 2.0), hit(3, 0.30, 8.9), hit(4, 0.40, 3.0));

    assertThat(wanted(hits, 4, 0.95)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whatIsNearIsStillLimitedInNumber() {
    List<Hit> alike = List.of(hit(1, 0.6, 9.0), hit(2, 0.6, 9.0), hit(3, 0.6, 9.0));

    assertThat(wanted(alike, 2, 0.95)).containsExactly(1L, 2L);
  }

  @Test
  void whatOneSearchAloneFoundIsHeldAgainstThatSearch() {
    List<Hit> hits = List.of(hit(1, 0.6, null), hit(2, null, 5.0), hit(3, null, 1.0));

    assertThat(wanted(hits, 4, 0.95)).containsExactly(1L, 2L);
  }

  @Test
  void anyListCanTellThatAPassageIsNear() {
    Passage passage = new Passage(2, 1, "a.txt", "A", 2, "", null, 0, 4, "text", "text");
    Hit.Listed first = new Hit.Listed(3, 1);
    List<Hit> hits = List.of(hit(1, 0.6, 9.0), new Hit(passage, 2, 0.5, Map.of("memory", first)));

    assertThat(wanted(hits, 4, 0.95)).containsExactly(1L, 2L);
  }

  @Test
  void whereAPassageStoodBeforeItWasRerankedTellsNothingOfNearness() {
    Passage passage = new Passage(2, 1, "a.txt", "A", 2, "", null, 0, 4, "text", "text");
    Map<String, Hit.Listed> far =
        Map.of(
            Hit.DENSE, new Hit.Listed(0.3, 2),
            Hit.FUSED, new Hit.Listed(0.9, 1),
            Hit.HEADS, new Hit.Listed(0.01, 2));
    List<Hit> hits = List.of(hit(1, 0.6, 9.0), new Hit(passage, 2, 0.9, far));

    assertThat(wanted(hits, 4, 0.95)).containsExactly(1L);
  }

  @Test
  void theFirstOneIsReadWhateverItsScores() {
    assertThat(wanted(List.of(hit(1, 0.5, 1.0), hit(2, 0.9, 9.0)), 4, 1)).containsExactly(1L, 2L);
    assertThat(wanted(List.of(hit(1, -0.1, null)), 4, 0.95)).containsExactly(1L);
  }

  @Test
  void nothingIsLeftOutWhereNoNearnessIsAskedFor() {
    List<Hit> hits = List.of(hit(1, 0.6, 9.0), hit(2, -0.1, null), hit(3, 0.1, 0.1));

    assertThat(wanted(hits, 4, 0)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void aPassageThatIsOnlyItsFilesNameIsNotRead() {
    Passage name = new Passage(1, 1, "a.txt", "A", 0, "", null, 0, 6, "a.txt", " a.txt\n");
    List<Hit> hits = List.of(Hits.of(name, 1, 1, 0.9, 9.0), hit(2, 0.6, 2.0));

    assertThat(wanted(hits, 4, 0.95)).containsExactly(2L);
  }

  @Test
  void theBestOfThoseThatFitCanBeReadLast() {
    List<Hit> hits = List.of(hit(1, 0.9, 9.0), hit(2, 0.8, 8.0), hit(3, 0.7, 7.0));
    Choice choice =
        choice(
            hits,
            new Material.Selection(4, 0, ReadingOrder.BEST_LAST, 700, ScopeSelection.RETRIEVED));

    assertThat(choice.ordered(choice.passages().subList(0, 2)))
        .extracting(Passage::id)
        .containsExactly(2L, 1L);
  }

  @Test
  void chanceOrdersTheSameWayForTheSameSeed() {
    List<Hit> hits = List.of(hit(1, 0.9, 9.0), hit(2, 0.8, 8.0), hit(3, 0.7, 7.0));

    assertThat(read(hits, 1)).containsExactlyInAnyOrder(1L, 2L, 3L).isEqualTo(read(hits, 1));
    assertThat(IntStream.range(0, 50).mapToObj(seed -> read(hits, seed)).distinct()).hasSize(6);
  }

  private static List<Long> read(List<Hit> hits, long seed) {
    Choice choice =
        choice(
            hits,
            new Material.Selection(4, 0, ReadingOrder.random(seed), 700, ScopeSelection.RETRIEVED));
    assertThat(choice.passages()).extracting(Passage::id).as("wanted").containsExactly(1L, 2L, 3L);
    return choice.ordered(choice.passages()).stream().map(Passage::id).toList();
  }

  private static List<Long> wanted(List<Hit> hits, int k, double nearness) {
    Choice choice =
        choice(
            hits,
            new Material.Selection(
                k, nearness, ReadingOrder.BEST_FIRST, 700, ScopeSelection.RETRIEVED));
    return choice.passages().stream().map(Passage::id).toList();
  }

  private static Choice choice(List<Hit> hits, Material.Selection selection) {
    return new Rag()
        .choose(new Material(hits, List.of(), 0, new Material.Encoding(0.4, true), selection));
  }

  private static Hit hit(int rank, Double meaning, Double words) {
    Passage passage = new Passage(rank, 1, "a.txt", "A", rank, "", null, 0, 4, "text", "text");
    return Hits.of(passage, rank, 1.0 / rank, meaning, words);
  }
}
