package io.kvasir.contrast.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.Hit;
import io.kvasir.core.Hits;
import io.kvasir.core.Passage;
import io.kvasir.core.ScopeSelection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What attention reads first where its scope does not fit, and in which order. */
final class AttentionTest {
  private final List<Passage> scoped = new ArrayList<>();

  AttentionTest() {
    section(1, "Preface", 3);
    section(2, "Beginning", 2);
    section(2, "Upgrading", 3);
    section(3, "", Attention.WHOLE_SECTION + 1);
  }

  @Test
  void whatRetrievalRanksFirstIsWantedFirstWithItsSection() {
    Choice choice = choice(hit(7, 1), hit(4, 2));

    assertThat(ids(choice.passages())).startsWith(7L, 6L, 8L, 4L, 5L, 1L);
    assertThat(choice.passages()).containsExactlyInAnyOrderElementsOf(scoped);
  }

  @Test
  void whatFitsIsReadInDocumentOrder() {
    Choice choice = choice(hit(7, 1), hit(4, 2));

    assertThat(ids(choice.ordered(choice.passages().subList(0, 5))))
        .containsExactly(4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void aDocumentWithoutHeadingsDoesNotTakeTheWholeBudget() {
    assertThat(ids(choice(hit(14, 1), hit(4, 2)).passages())).startsWith(14L, 4L, 5L, 1L);
  }

  @Test
  void whatWasFoundBehindWhatWasGatheredIsReadToo() {
    Passage far = new Passage(99, 9, "z.txt", "Z", 0, "End", null, 0, 4, "text", "text");

    Choice choice =
        new Attention()
            .choose(
                new Material(
                    List.of(Hits.of(far, 1, 1, 0.9, null)),
                    scoped,
                    5_000,
                    new Material.Encoding(0.4, true),
                    new Material.Selection(
                        4, 0, ReadingOrder.BEST_FIRST, 700, ScopeSelection.RETRIEVED)));

    assertThat(choice.passages().get(0)).isEqualTo(far);
    assertThat(choice.wanted()).isEqualTo(5_000);
    assertThat(ids(choice.ordered(choice.passages().subList(0, 2)))).containsExactly(1L, 99L);
  }

  @Test
  void whoWantsTheFirstPartOfTheScopeGetsItWhateverWasFound() {
    Choice choice = choice(ScopeSelection.FIRST, hit(7, 1), hit(4, 2));

    assertThat(choice.passages()).isEqualTo(scoped);
    assertThat(ids(choice.ordered(choice.passages().subList(0, 3)))).containsExactly(1L, 2L, 3L);
  }

  private Choice choice(Hit... hits) {
    return choice(ScopeSelection.RETRIEVED, hits);
  }

  private Choice choice(ScopeSelection selection, Hit... hits) {
    return new Attention()
        .choose(
            new Material(
                List.of(hits),
                scoped,
                scoped.size(),
                new Material.Encoding(0.4, true),
                new Material.Selection(hits.length, 0, ReadingOrder.BEST_FIRST, 700, selection)));
  }

  private Hit hit(long id, int rank) {
    return Hits.of(scoped.get((int) id - 1), rank, 1.0 / rank, 0.9, null);
  }

  private void section(long document, String heading, int passages) {
    for (int i = 0; i < passages; i++) {
      int id = scoped.size() + 1;
      scoped.add(new Passage(id, document, "a.txt", "A", id, heading, null, 0, 4, "text", "text"));
    }
  }

  private static List<Long> ids(List<Passage> passages) {
    return passages.stream().map(Passage::id).toList();
  }
}
