package io.kvasir.encode;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts and questions are told apart as people would, though both quote the other language. */
final class LanguagesTest {
  @ParameterizedTest
  @CsvSource({
    "en, Which package has the file?",
    "en, What does the character \u9053 mean in the title of this book about the Way?",
    "zh, 哪个软件包提供 dpkg 命令？",
    "zh, 请问 apt-get install 和 aptitude 有什么区别",
    "en, 42",
    "en, ''",
  })
  void theLanguageOf(String language, String text) {
    assertThat(Languages.detect(text)).isEqualTo(language);
  }
}
