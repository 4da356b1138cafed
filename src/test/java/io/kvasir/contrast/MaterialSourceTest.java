package io.kvasir.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.retrieve.Retriever;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a follow-up is searched with is never more than retrieval takes. */
final class MaterialSourceTest {
  private static final String QUESTION = "q".repeat(ContrastLimits.LONGEST_QUESTION);

  @Test
  void theLongestQuestionsThatCanBeSetAreSearchedTogether() {
    assertThat(MaterialSource.searched(QUESTION, List.of("no", QUESTION)))
        .isEqualTo(QUESTION + "\n" + QUESTION)
        .hasSizeLessThanOrEqualTo(Retriever.LONGEST_TEXT);
  }

  @Test
  void aChatThatBringsALongerOneIsSearchedWithItsBeginning() {
    String pasted = "😀".repeat(50_000);

    String searched = MaterialSource.searched(QUESTION, List.of(pasted));

    assertThat(searched).hasSizeLessThanOrEqualTo(Retriever.LONGEST_TEXT).endsWith(QUESTION);
    assertThat(searched.codePoints()).as("no half of a pair").noneMatch(MaterialSourceTest::half);
  }

  private static boolean half(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
