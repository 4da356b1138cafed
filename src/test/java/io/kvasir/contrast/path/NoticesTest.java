package io.kvasir.contrast.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Hit;
import io.kvasir.core.Hits;
import io.kvasir.core.Notice;
import io.kvasir.core.Passage;
import io.kvasir.core.ScopeSelection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a reader is told of what a path read, and when nothing is to be said. */
final class NoticesTest {
  private static final Path RAG = Paths.ALL.of(AnswerPath.RAG);
  private static final Path ATTENTION = Paths.ALL.of(AnswerPath.ATTENTION);

  @Test
  void retrievalThatFoundNothingSaysSo() {
    assertThat(RAG.notice(material(List.of(), 0), 0).code()).isEqualTo(Notice.Code.NOTHING_FOUND);
  }

  @Test
  void onlyTheFirstPassagesDecideWhetherSomethingNearWasFound() {
    Material far = material(List.of(hit(1, 0.39), hit(2, 0.2), hit(3, 0.9)), 0);
    Material near = material(List.of(hit(1, 0.2), hit(2, 0.4), hit(3, 0.1)), 0);

    assertThat(RAG.notice(far, 2).code()).isEqualTo(Notice.Code.NOTHING_NEAR);
    assertThat(RAG.notice(near, 2)).isNull();
  }

  @Test
  void howNearIsNearIsUpToTheEncoder() {
    List<Hit> hits = List.of(hit(1, 0.55));
    Material strict =
        new Material(
            hits,
            List.of(),
            0,
            new Material.Encoding(0.6, true),
            new Material.Selection(2, 0, ReadingOrder.BEST_FIRST, 700, ScopeSelection.RETRIEVED));

    assertThat(RAG.notice(strict, 1).code()).isEqualTo(Notice.Code.NOTHING_NEAR);
    assertThat(RAG.notice(material(hits, 0), 1)).isNull();
  }

  @Test
  void anEncoderThatDoesNotSpeakTheLanguageIsNamedAsTheReason() {
    Material foreign =
        new Material(
            List.of(hit(1, 0.2)),
            List.of(),
            0,
            new Material.Encoding(0.4, false),
            new Material.Selection(2, 0, ReadingOrder.BEST_FIRST, 7, ScopeSelection.RETRIEVED));

    assertThat(RAG.notice(foreign, 1).code()).isEqualTo(Notice.Code.LANGUAGE_NOT_SPOKEN);
  }

  @Test
  void passagesFoundByTheirWordsAloneAreNotCalledNear() {
    assertThat(RAG.notice(material(List.of(hit(1, null)), 0), 1).code())
        .isEqualTo(Notice.Code.NOTHING_NEAR);
  }

  @Test
  void passagesThatDoNotFitAreCounted() {
    Notice notice = RAG.notice(material(List.of(hit(1, 0.9), hit(2, 0.9), hit(3, 0.9)), 0), 1);

    assertThat(notice.code()).isEqualTo(Notice.Code.CUT_BY_BUDGET);
    assertThat(notice.values()).isEqualTo(Map.of("cut", 1, "budget", 700));
  }

  @Test
  void anEmptyScopeAndOneReadInPartSaySo() {
    Notice partly = ATTENTION.notice(material(List.of(), 247), 10);

    assertThat(ATTENTION.notice(material(List.of(), 0), 0).code())
        .isEqualTo(Notice.Code.EMPTY_SCOPE);
    assertThat(partly.code()).isEqualTo(Notice.Code.PARTLY_READ);
    assertThat(partly.values())
        .isEqualTo(Map.of("fitting", 10, "all", 247, "budget", 700, "left", 237));
    assertThat(partly.text()).contains("10 of 247").contains("237 were not read");
    assertThat(ATTENTION.notice(material(List.of(), 10), 10)).isNull();
  }

  @Test
  void whatWasReadInsteadOfWhatRetrievalFoundIsSaid() {
    Notice first = ATTENTION.notice(material(List.of(), 247, ScopeSelection.FIRST), 10);

    assertThat(first.code()).isEqualTo(Notice.Code.FIRST_READ);
    assertThat(first.values())
        .isEqualTo(Map.of("fitting", 10, "all", 247, "budget", 700, "left", 237));
    assertThat(first.text()).contains("the first ones").doesNotContain("retrieval");
  }

  private static Material material(List<Hit> hits, int scopeSize) {
    return material(hits, scopeSize, ScopeSelection.RETRIEVED);
  }

  private static Material material(List<Hit> hits, int scopeSize, ScopeSelection selection) {
    List<Passage> scoped = IntStream.range(0, scopeSize).mapToObj(NoticesTest::passage).toList();
    return new Material(
        hits,
        scoped,
        scopeSize,
        new Material.Encoding(0.4, true),
        new Material.Selection(2, 0, ReadingOrder.BEST_FIRST, 700, selection));
  }

  private static Hit hit(int rank, Double cosine) {
    return Hits.of(passage(rank), rank, 1.0 / rank, cosine, null);
  }

  private static Passage passage(int id) {
    return new Passage(id, 1, "a.txt", "A", id, "", null, 0, 4, "text", "text");
  }
}
