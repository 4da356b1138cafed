package io.kvasir.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.ingest.Splitter.Piece;
import io.kvasir.ingest.format.LoadedDocument;
import io.kvasir.ingest.format.LoadedDocument.Block;
import io.kvasir.ingest.format.Reading;
import io.kvasir.ingest.format.WrittenDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SplitterTest {
  private final WordEncoder encoder = new WordEncoder("words", 256, "en");

  @Test
  void aSectionIsAPassageUnderItsHeadings() {
    LoadedDocument document =
        document(
            draft -> {
              draft.heading(1, "Chapter 8. Tools");
              draft.heading(2, "8.1 Which  are there?");
              draft.block("Many.");
              draft.line("- dpkg");
              draft.heading(2, "8.2 Why?");
              draft.block("Because.");
            });
    List<Piece> pieces = split(document);
    assertThat(pieces)
        .extracting(Piece::heading)
        .containsExactly("Chapter 8. Tools › 8.1 Which are there?", "Chapter 8. Tools › 8.2 Why?");
    assertThat(pieces.get(0).span().of(document.text())).isEqualTo("Many.\n- dpkg");
    assertThat(pieces.get(0).key())
        .isEqualTo("Chapter 8. Tools › 8.1 Which are there?\nMany.\n- dpkg");
  }

  @Test
  void aKeyIsInTheFormOfQuestionsAndItsTextAsItWas() {
    String text = "Die Mit\u00ADglie\u00ADder im Bu\u0308ro haben 10⁵ ﬁles.";
    LoadedDocument document = document(draft -> draft.block(text));
    assertThat(split(document))
        .singleElement()
        .satisfies(piece -> assertThat(piece.span().of(document.text())).isEqualTo(text))
        .extracting(Piece::key)
        .isEqualTo("Die Mitglieder im Büro haben 10^5 files.");
  }

  @Test
  void aPassageFromTheMiddleOfATableSaysWhatItsColumnsAre() {
    StringBuilder page = new StringBuilder("<h1>Tariffs</h1><table><tr><th>Tariff<th>Storage");
    for (int i = 0; i < 200; i++) {
      page.append("<tr><td><p>T").append(i).append("<td><p>").append(i).append(" GB");
    }
    LoadedDocument document = Reading.of("a.html", page.toString());
    assertThat(split(document))
        .hasSizeGreaterThan(3)
        .allMatch(piece -> piece.span().of(document.text()).startsWith("Tariff: T"))
        .allMatch(piece -> piece.span().of(document.text()).endsWith(" GB"));
  }

  @Test
  void aLongSectionIsCutBetweenParagraphsIntoEqualPassages() {
    LoadedDocument document =
        document(
            draft -> {
              for (int i = 0; i < 21; i++) {
                draft.block("word ".repeat(19) + "end.");
              }
            });
    assertThat(split(document))
        .extracting(piece -> encoder.countTokens(piece.key()))
        .containsExactly(140, 140, 140);
  }

  @Test
  void aLongParagraphIsCutBetweenSentences() {
    String text = "One v1.2 sentence of a few words (\"really!\"). ".repeat(100);
    List<Piece> pieces = split(document(draft -> draft.block(text)));
    assertThat(pieces).hasSizeGreaterThan(3).allMatch(piece -> piece.key().startsWith("One"));
  }

  @Test
  void chineseIsCutBetweenSentences() {
    LoadedDocument document = document(draft -> draft.block("软件包是什么？它是“一个文件。”".repeat(60)));
    assertThat(split(document))
        .hasSizeGreaterThan(3)
        .allMatch(piece -> piece.key().startsWith("软件") || piece.key().startsWith("它"))
        .allMatch(piece -> piece.key().endsWith("？") || piece.key().endsWith("”"));
  }

  @Test
  void aWordWithoutAnEndIsCutByCharactersButNotWithinOne() {
    LoadedDocument document = document(draft -> draft.block("😀".repeat(10_001)));
    List<Piece> pieces = split(document);
    assertCovers(document, pieces);
    assertThat(pieces)
        .allMatch(piece -> piece.key().length() <= 2560)
        .allMatch(piece -> piece.key().startsWith("😀") && piece.key().endsWith("😀"));
  }

  @Test
  void noPassageCrossesAPage() {
    LoadedDocument document =
        document(
            draft -> {
              draft.page(1);
              draft.block("first");
              draft.page(3);
              draft.block("third");
            });
    assertThat(split(document)).extracting(Piece::page).containsExactly(1, 3);
  }

  @Test
  void aTinyRestJoinsThePassageBefore() {
    LoadedDocument document =
        document(
            draft -> {
              draft.block("word ".repeat(200));
              draft.block("See also b.");
            });
    assertThat(split(document)).hasSize(1);
  }

  @Test
  void headingsLeaveRoomForTheValue() {
    LoadedDocument document =
        document(
            draft -> {
              draft.heading(1, "outer ".repeat(40));
              draft.heading(2, "inner ".repeat(40));
              draft.block("word ".repeat(1000));
            });
    assertThat(split(document))
        .allMatch(piece -> encoder.countTokens(piece.key()) <= 254)
        .allMatch(piece -> piece.key().startsWith("inner"))
        .allMatch(piece -> piece.heading().startsWith("outer"));
  }

  @Test
  void aHeadingWithNothingUnderItIsAPassage() {
    LoadedDocument document =
        document(
            draft -> {
              draft.heading(1, "A");
              draft.heading(2, "Empty");
              draft.heading(2, "Full");
              draft.block("text");
              draft.heading(1, "End");
            });
    assertThat(split(document))
        .extracting(piece -> piece.span().of(document.text()))
        .containsExactly("Empty", "text", "End");
    assertThat(split(document))
        .extracting(Piece::key)
        .containsExactly("A › Empty", "A › Full\ntext", "End");
  }

  @Test
  void morePassagesThanAllowedAreAnErrorThatNamesTheSetting() {
    LoadedDocument document = document(draft -> draft.block("word ".repeat(5000)));
    assertThatThrownBy(() -> new Splitter(encoder, 3).split(document))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("ingest.max-passages");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void nothingIsLostOrTwice(int seed) {
    Random random = new Random(seed);
    LoadedDocument document =
        document(
            draft -> {
              for (int i = 0; i < 300; i++) {
                switch (random.nextInt(8)) {
                  case 0 ->
                      draft.heading(1 + random.nextInt(4), words(random, 1 + random.nextInt(12)));
                  case 1 -> draft.line("- " + words(random, random.nextInt(30)));
                  case 2 -> draft.block("  code\n\n    " + words(random, random.nextInt(600)));
                  case 3 -> draft.block("x".repeat(random.nextInt(9000)));
                  default -> draft.block(words(random, random.nextInt(700)));
                }
              }
            });
    List<Piece> pieces = split(document);
    assertCovers(document, pieces);
    assertThat(pieces).allMatch(piece -> encoder.countTokens(piece.key()) <= 254);
  }

  /** Every character that is no white space is in one passage, in order, or in a heading. */
  private static void assertCovers(LoadedDocument document, List<Piece> pieces) {
    String text = document.text();
    boolean[] covered = new boolean[text.length()];
    int before = 0;
    for (Piece piece : pieces) {
      assertThat(piece.span().start()).isGreaterThanOrEqualTo(before);
      assertThat(piece.span().of(text)).isNotBlank();
      before = piece.span().end();
      java.util.Arrays.fill(covered, piece.span().start(), before, true);
    }
    for (Block block : document.blocks()) {
      String words = text.substring(block.start(), block.end());
      for (int i = block.start(); i < block.end(); i++) {
        if (!covered[i] && !Character.isWhitespace(text.charAt(i))) {
          assertThat(block.isHeading()).as("lost: %s", words).isTrue();
          assertThat(pieces).as(words).anyMatch(piece -> piece.heading().contains(words));
        }
      }
    }
  }

  private static String words(Random random, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String[] some = {"word", "a", "End.", "软件包。", "什么？", "line\n", "1.5", "“so!”", "longer-word"};
      words.add(some[random.nextInt(some.length)]);
    }
    return String.join(" ", words);
  }

  private List<Piece> split(LoadedDocument document) {
    return new Splitter(encoder, 20_000).split(document);
  }

  private static LoadedDocument document(Consumer<WrittenDocument> writing) {
    return WrittenDocument.of(writing);
  }
}
