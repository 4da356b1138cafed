package io.kvasir.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What an answer may say how often before it goes round in circles. */
final class RepetitionWatchTest {
  private static final String LINE = "The gulls sleep here. ";

  @Test
  void fourWordsEndItBeforeTheyAreSaidAThirdTime() {
    assertThat(said("", LINE, "Really, the gulls sleep here; ", "the gulls sleep")).isFalse();
    assertThat(said("", LINE, "Really, the gulls sleep here; ", "the gulls sleep", " here"))
        .isTrue();
  }

  @Test
  void tokensMayEndWithinAWord() {
    assertThat(said("", LINE, LINE, "The gu", "lls sl", "eep h", "ere")).isTrue();
    assertThat(said("", LINE, LINE, "The gu", "lls sl", "eep th", "ere")).isFalse();
  }

  @Test
  void eightChineseCharactersCountAsFourWords() {
    String line = "图书馆藏书有四万册。";
    assertThat(said("", line, line, "图书馆藏书有四")).isFalse();
    assertThat(said("", line, line, "图书馆藏书有四万")).isTrue();
  }

  @Test
  void aListOfLikeThingsIsNoCircle() {
    assertThat(said("", "1. The red boat\n2. The red car\n3. The red house\n4. The red door\n"))
        .isFalse();
  }

  @Test
  void whatThePromptSaysCanBeSaidAgain() {
    String prompt = "Passage: the gulls (sleep)\nHERE at night.\nQuestion: where?";
    assertThat(said(prompt, LINE, "First ", LINE, "Then ", LINE, "Last ", LINE)).isFalse();
    assertThat(said("Passage: the gulls sleep hereabouts.", LINE, "First ", LINE, "Then ", LINE))
        .isTrue();
    assertThat(said("资料：图书馆藏书有四万册。", "图书馆藏书有四万。", "一", "图书馆藏书有四万。", "二", "图书馆藏书有四万。")).isFalse();
  }

  private static boolean said(String prompt, String... pieces) {
    RepetitionWatch watch = new RepetitionWatch(prompt);
    boolean again = false;
    for (String piece : List.of(pieces)) {
      again |= watch.add(piece);
    }
    return again;
  }
}
