package io.kvasir.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.ingest.Splitter.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passages: nothing lost, nothing too large, cut where a reader would cut. */
final class SplitterTest {
  @Test
  void sectionsThatFitAreWhole() {
    List<String> passages = values("<h1>A</h1><p>One. Two.</p><p>Three.</p><h2>B</h2><p>Four.</p>");
    assertThat(passages).containsExactly("One. Two.\n\nThree.", "Four.");
  }

  @Test
  void aHeadingWithNothingBelowItIsAPassage() {
    ExtractedText text =
        HtmlText.of("<h1>A</h1><h2>B</h2><h2>C</h2><p>c</p><h1>D</h1>", "text/html");
    assertThat(split(text))
        .extracting(Span::heading, span -> span.key(text.text()))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("A › B", "B"),
            org.assertj.core.groups.Tuple.tuple("A › C", "A › C\nc"),
            org.assertj.core.groups.Tuple.tuple("D", "D"));
  }

  @Test
  void longSectionsAreCutAtSentencesIntoEqualParts() {
    String sentence = "This sentence has exactly eight words in it. ";
    List<String> passages = values("<p>" + sentence.repeat(60) + "</p>");
    assertThat(passages).hasSize(3).allMatch(passage -> passage.endsWith("it."));
    assertThat(passages).extracting(String::length).allMatch(length -> length > 800);
  }

  @Test
  void chineseIsCutAtItsFullStops() {
    List<String> passages = values("<p>" + "这个句子用来说明怎样切分中文的段落。".repeat(30) + "</p>");
    assertThat(passages).hasSizeGreaterThan(1).allMatch(passage -> passage.endsWith("。"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noTextIsLostAndNoPassageIsTooLarge(long seed) {
    Random random = new Random(seed);
    StringBuilder html = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      html.append(
          switch (random.nextInt(6)) {
            case 0 -> "<h%1$d>Heading %2$d</h%1$d>".formatted(1 + random.nextInt(4), i);
            case 1 -> "<p>" + "Some words, of a sentence. ".repeat(random.nextInt(80)) + "</p>";
            case 2 -> "<pre>" + "x".repeat(random.nextInt(9_000)) + "</pre>";
            case 3 -> "<p>" + "没有空格的中文文字".repeat(random.nextInt(300)) + "</p>";
            case 4 -> "<p>" + "\uD83D\uDE00".repeat(random.nextInt(3_000)) + "</p>";
            default -> "<ul><li>one<li>two <b>three</b></ul>";
          });
    }
    ExtractedText text = HtmlText.of(html.toString(), "text/html");
    List<Span> spans = split(text);
    StringBuilder kept = new StringBuilder();
    List<int[]> covered = new ArrayList<>();
    spans.forEach(span -> covered.add(new int[] {span.start(), span.end()}));
    text.headings().forEach(heading -> covered.add(new int[] {heading.start(), heading.end()}));
    covered.sort((one, other) -> Integer.compare(one[0], other[0]));
    int end = 0;
    for (int[] stretch : covered) {
      if (stretch[0] > end) {
        kept.append(text.text(), end, stretch[0]);
      }
      end = Math.max(end, stretch[1]);
    }
    assertThat(kept.toString()).as("text in no passage").isBlank();
    assertThat(text.text().substring(end)).isBlank();
    assertThat(spans)
        .allSatisfy(
            span -> {
              String value = text.text().substring(span.start(), span.end());
              assertThat(size(value)).isLessThanOrEqualTo(Splitter.MAX_TOKENS);
              assertThat(value).isEqualTo(value.strip());
              assertThat(Character.isLowSurrogate(value.charAt(0))).isFalse();
            });
  }

  private static List<String> values(String html) {
    ExtractedText text = HtmlText.of(html, "text/html");
    return split(text).stream()
        .map(span -> text.text().substring(span.start(), span.end()))
        .toList();
  }

  private static List<Span> split(ExtractedText text) {
    return new Splitter(SplitterTest::size, 10_000).split(text);
  }

  /** Words, Chinese characters one by one. */
  private static int size(String text) {
    int tokens = 0;
    boolean word = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = Character.isLetterOrDigit(c) && c < 0x3000;
      if (c > ' ' && (!letter || !word)) {
        tokens++;
      }
      word = letter;
    }
    return tokens;
  }
}
