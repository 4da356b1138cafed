package io.kvasir.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks the same is searched the same, and what does not is not. */
final class SearchFormTest {
  @ParameterizedTest
  @ValueSource(strings = {"de-nfd.md", "de-shy.md"})
  void aTextInAnotherSpellingHasTheFormOfThePlainOne(String name) throws IOException {
    assertThat(SearchForm.of(text(name))).isEqualTo(text("de-plain.md"));
  }

  @Test
  void ligaturesAreTheirLetters() throws IOException {
    assertThat(SearchForm.of(text("en-lig.md")))
        .contains("office", "filing", "diffuser", "flow", "waffle", "profile");
  }

  @ParameterizedTest
  @CsvSource({
    "data\u200Bbase\u2060_url, database_url",
    "non\u2011breaking\u00A0space, non-breaking space",
    "\uFEFFx\u200Dy\uFE0F, xy",
    "ＫＶ１２, KV12",
    "ｶﾞｲﾄﾞ, ガイド",
    "⼯程, 工程",
    "5 µm, 5 μm",
    "𝐱 = ﬁ, x = fi",
  })
  void spellingsThatLookTheSameAreTheSame(String text, String form) {
    assertThat(SearchForm.of(text)).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource({
    "10⁵, 10^5",
    "2⁻³, 2^-3",
    "log₁₀, log10",
    "H₂O, H2O",
    "m², m2",
    "10₂, 10_2",
    "x ², x 2"
  })
  void exponentsStayApartFromNumbers(String text, String form) {
    assertThat(SearchForm.of(text)).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2½", "Kvasir™", "“so” – it’s", "你好，世界。", "No. 5", "\u200B", "😀"})
  void whatIsNoOtherSpellingStays(String text) {
    assertThat(SearchForm.of(text)).isEqualTo(text);
  }

  private static String text(String name) throws IOException {
    return Files.readString(Path.of("src/test/resources/faults/retr", name));
  }
}
