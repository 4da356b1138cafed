package io.kvasir.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Passage;
import io.kvasir.generate.Message;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a prompt, and where. */
final class PromptWriterTest {
  private static final Passage FIRST = passage(1, "a.txt", "Harbours", "Lights", "Three lights.");
  private static final Passage SECOND = passage(2, "b.txt", "Ships", "", "Two ships.");

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void stylesDifferBehindTheDocumentsOnly(String language) {
    List<String> prompts =
        List.of(AnswerStyle.values()).stream()
            .map(style -> text(language, style, List.of(FIRST, SECOND)))
            .toList();

    String common = prompts.get(0).substring(0, prompts.get(0).indexOf("Two ships.") + 10);
    assertThat(prompts).allMatch(prompt -> prompt.startsWith(common)).doesNotHaveDuplicates();
  }

  @Test
  void aPassageReadsTheSameWhateverStandsBesideIt() {
    String alone = text("en", AnswerStyle.ANSWER, List.of(SECOND));
    String behind = text("en", AnswerStyle.ANSWER, List.of(FIRST, SECOND));

    String asRead = "Passage: Ships\nTwo ships.\n";
    assertThat(alone).contains(asRead);
    assertThat(behind).contains("Passage: Harbours › Lights\nThree lights.\n" + asRead);
  }

  @Test
  void aTitleThatRepeatsTheNameOfItsFileIsNotRead() {
    Passage untitled = passage(3, "notes.txt", "notes.txt", "", "Buy rope.");
    Passage under = passage(4, "notes.txt", "notes.txt", "Sunday", "Mend nets.");

    assertThat(text("en", AnswerStyle.ANSWER, List.of(untitled, under)))
        .contains("Passage: Buy rope.", "Passage: Sunday\nMend nets.")
        .doesNotContain("notes.txt");
  }

  private static String text(String language, AnswerStyle style, List<Passage> passages) {
    return new PromptWriter(language, style)
        .messages(passages, "How many?").stream()
            .flatMap(message -> message.segments().stream())
            .map(Message.Segment::text)
            .collect(Collectors.joining());
  }

  private static Passage passage(
      long id, String document, String title, String heading, String value) {
    return new Passage(id, id, document, title, 0, heading, null, 0, value.length(), value, value);
  }
}
