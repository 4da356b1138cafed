package io.kvasir.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.contrast.Contrasts.Turn;
import io.kvasir.contrast.PromptWriter.Exchange;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Whatever order a client's messages come in, every word is in one that templates take. */
final class DialogueTest {
  @TestFactory
  Stream<DynamicTest> everySequenceHasAQuestion() {
    return Stream.of(
        of("one question", said("", "q"), user("q")),
        of("a system message", said("s", "q"), system("s"), user("q")),
        of("a follow-up", said("", "r", exchange("q", "a")), user("q"), assistant("a"), user("r")),
        of("two questions in a row", said("", "q\n\nr"), user("q"), user("r")),
        of(
            "two answers in a row",
            said("", "r", exchange("q", "a\n\nb")),
            user("q"),
            assistant("a"),
            assistant("b"),
            user("r")),
        of("a greeting first", said("", "q", exchange("", "a")), assistant("a"), user("q")),
        of(
            "an unfinished answer",
            new Dialogue("", List.of(), "q", "a "),
            user("q"),
            assistant("a ")),
        of("a system message alone", said("", "s"), system("s")),
        of("an assistant alone", said("", "a"), assistant("a")),
        of("nobody asks", new Dialogue("", List.of(), "s", "a"), assistant("a"), system("s")),
        of("nothing", said("", ""), user("  ")),
        of(
            "instructions anywhere",
            said("s\n\nt\n\nu", "r", exchange("q", "a")),
            system("s"),
            user("q"),
            system("t"),
            assistant("a"),
            user("r"),
            system("u")),
        of(
            "empty messages say nothing",
            said("", "q\n\nr"),
            system(""),
            user("q"),
            assistant(""),
            user("r"),
            assistant(" ")));
  }

  private static DynamicTest of(String name, Dialogue expected, Turn... turns) {
    return DynamicTest.dynamicTest(
        name, () -> assertThat(Dialogue.of(List.of(turns))).isEqualTo(expected));
  }

  private static Dialogue said(String instructions, String question, Exchange... history) {
    return new Dialogue(instructions, List.of(history), question, "");
  }

  private static Exchange exchange(String question, String answer) {
    return new Exchange(question, answer);
  }

  private static Turn user(String text) {
    return new Turn("user", text);
  }

  private static Turn assistant(String text) {
    return new Turn("assistant", text);
  }

  private static Turn system(String text) {
    return new Turn("system", text);
  }
}
