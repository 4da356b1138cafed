package io.kvasir.ingest;

import java.lang.Character.UnicodeScript;

/** Tells Chinese from other languages by its script. */
final class LanguageDetection {
  /** A Chinese character says about as much as three letters. */
  private static final int LETTERS_OF_A_CHARACTER = 3;

  private static final int READ_CHARACTERS = 100_000;

  private LanguageDetection() {}

  /** {@code zh} if more is said in Chinese characters than in letters, otherwise {@code en}. */
  static String of(String text) {
    long chinese = 0;
    long letters = 0;
    int end = Math.min(text.length(), READ_CHARACTERS);
    for (int i = 0; i < end; ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (UnicodeScript.of(character) == UnicodeScript.HAN) {
        chinese++;
      } else if (Character.isLetter(character)) {
        letters++;
      }
    }
    return chinese * LETTERS_OF_A_CHARACTER > letters ? "zh" : "en";
  }
}
