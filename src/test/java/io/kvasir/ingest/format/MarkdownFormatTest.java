package io.kvasir.ingest.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Markdown is read as its writer meant it, also where that is no HTML, and in bounded time. */
@Tag("slow")
final class MarkdownFormatTest {
  @Test
  void aTagThatSomebodyWritesAboutIsText() {
    LoadedDocument document = Reading.fault("ingest/htmltags.md");
    assertThat(document.text())
        .contains("is made with <select> and each choice is an option.")
        .contains("what stands in <title> of the page")
        .contains("Parcels leave the warehouse at 16:30");
    assertThat(Reading.headings(document, "Parcels"))
        .containsExactly("Notes about page markup", "Delivery");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select",
        "title",
        "textarea",
        "script",
        "style",
        "iframe",
        "object",
        "template",
        "noscript",
        "button",
        "nav",
        "header",
        "footer",
        "xmp",
        "plaintext",
        "svg",
        "details",
        "pre",
        "p",
        "b"
      })
  void aBareTagSwallowsNothing(String name) {
    for (String before : new String[] {"Write ", "", "> ", "- "}) {
      String text = "# One\n\n%s<%s> here, *now*.\n\n## Two\n\nThe end.".formatted(before, name);
      LoadedDocument document = Reading.of("a.md", text);
      assertThat(document.text()).contains("<" + name + "> here").endsWith("The end.");
      assertThat(Reading.headings(document, "The end.")).containsExactly("One", "Two");
    }
  }

  @Test
  void placeholdersAndGenericsStay() {
    String text =
        "Map<K,V>, List<String>, Foo<b>, cp <file name> <your-id>, a < b, <!-- open, x<T, U>.";
    assertThat(Reading.of("a.md", text).text()).isEqualTo(text);
  }

  @Test
  void whatIsWellFormedHtmlStaysHtml() {
    LoadedDocument document =
        Reading.of(
            "a.md",
            """
            <details open>
            <summary>More</summary>

            Within *this* <select>.

            </details>

            Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.<br>Then <b>stop</b>.<!-- gone -->

            <table>
              <tr><th>Name</th><th>Value</th></tr>
              <tr><td>a</td><td>1 < 2</td></tr>
            </table>

            <script>
            hidden();

            more();
            </script>
            <!-- two

            lines --> <img alt="A plan" src="p.png">
            """);
    assertThat(document.text())
        .isEqualTo(
            """
            More

            Within this <select>.

            Press Ctrl+C.
            Then stop.

            Name: a | Value: 1 < 2

            [A plan]""");
  }

  @Test
  void numbersOfAListGoOnBehindAListing() {
    assertThat(Reading.fault("ingest/numbered.md").text())
        .contains("1. Close the valve.\n2. Open the lid:")
        .contains("3. Take the pump out.")
        .contains("4. Put the new pump in.\n5. Close the lid.");
    assertThat(Reading.of("a.md", "7. seven\n7. eight\n\ntext\n\n0. nought").text())
        .isEqualTo("7. seven\n8. eight\n\ntext\n\n0. nought");
  }

  @Test
  void marksOfNotesStayApartFromNumbers() {
    String text = "It held 300[^1] men.\n\n[^1]: Twice as many.\n\n[^b]: Word";
    assertThat(Reading.of("a.md", text).text())
        .isEqualTo("It held 300 [1] men.\n\n[1]: Twice as many.\n\n[b]: Word");
  }

  @Test
  void aRuleInFrontIsNoFrontMatter() {
    LoadedDocument fault = Reading.fault("ingest/rule-first.md");
    assertThat(fault.title()).isEqualTo("Winter timetable");
    assertThat(Reading.headings(fault, "There is one ferry"))
        .containsExactly("Winter timetable", "Sundays");
    LoadedDocument open = Reading.of("a.md", "---\n\n# Heading\n\nWords.");
    assertThat(Reading.headings(open, "Words.")).containsExactly("Heading");
    LoadedDocument prose = Reading.of("a.md", "---\n# Heading\n\nNote: words.\n\n---\n\nEnd.");
    assertThat(Reading.headings(prose, "End.")).containsExactly("Heading");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "+++\\ntitle = \"Boats\"\\n[params]\\nx = 1\\n+++\\n",
        "---\\n# settings\\ntags:\\n  - a\\n- b\\nlast edited: now\\ntitle: 'Boats'\\n...\\n",
        "{\\n  \"title\": \"Boats\",\\n  \"a\": {\"title\": \"no\"}\\n}\\n",
      })
  void settingsInFrontAreNoHeading(String front) {
    LoadedDocument document = Reading.of("a.md", front.replace("\\n", "\n") + "\n# One\n\nWords.");
    assertThat(document.title()).isEqualTo("Boats");
    assertThat(Reading.headings(document, "Words.")).containsExactly("One");
    assertThat(Reading.fault("ingest/hugo.md").title()).isEqualTo("Boat rental");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[a] ", "![a] ", "[x][a] "})
  void aReferenceUsedAgainAndAgainIsRefusedBeforeItFillsTheMemory(String use) {
    String text = "[a]: <http://x.y/" + "z".repeat(19_000) + ">\n\n" + use.repeat(50_000);
    assertThatThrownBy(() -> Reading.of("a.md", text))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("references")
        .hasMessageContaining("split it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!-- ",
        "<!--\n\n",
        "<pre>\n\n",
        "<div>\n\n",
        "<a b='",
        "<b>",
        "[^a]",
        "---x\n",
        "a: b\n",
        "{\"a\":",
        "<div ",
        "<script>\n"
      })
  @Timeout(20)
  void repeatedBeginningsTakeSeconds(String beginning) {
    String text = (beginning.equals("a: b\n") ? "---\n" : "words\n\n") + beginning.repeat(30_000);
    assertThat(Reading.of("a.md", text).text()).isNotEmpty();
  }

  @Test
  @Timeout(20)
  void aTitleThatIsMostlySpacesTakesSeconds() {
    String text = "---\ntitle: a" + " ".repeat(200_000) + "b\n---\n\nWords.";
    assertThat(Reading.of("a.md", text).text()).endsWith("Words.");
    String open = "---\n" + "a: b\n".repeat(50_000) + "---" + " ".repeat(200_000) + "x";
    assertThat(Reading.of("a.md", open).text()).contains("a: b");
  }

  @Test
  @Timeout(20)
  void everLongerRunsOfBackticksTakeSeconds() {
    StringBuilder text = new StringBuilder();
    for (int i = 1; text.length() < 4_000_000; i++) {
      text.append("`".repeat(i)).append(' ');
    }
    assertThat(Reading.of("a.md", text.toString()).text()).startsWith("`");
    assertThat(Reading.of("b.md", "``` x `` y ` z `` ```").text()).isEqualTo("x `` y ` z ``");
  }

  @Test
  void aTableOfTooManyCellsIsRefused() {
    String text = "|a".repeat(2_000) + "\n" + "|-".repeat(2_000) + "\n" + "|a\n".repeat(20_000);
    assertThatThrownBy(() -> Reading.of("a.md", text))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("too many cells");
  }
}
