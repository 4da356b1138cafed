package io.kvasir.bench;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Passages and questions composed of sentences that people wrote, so that words are as frequent as
 * there. The same seed gives the same.
 */
final class ScaleText {
  private static final int LEAST_CHARACTERS = 20;
  private static final int MOST_CHARACTERS = 400;
  private static final int LEAST_SENTENCES = 2;
  private static final int MOST_SENTENCES = 5;
  private static final int COMMONEST = 60;
  private static final int LEAST_WORDS = 3;
  private static final int MOST_WORDS = 8;

  private final List<String> sentences;
  private final List<String> common;
  private final String language;
  private final long seed;

  /**
   * Sentences of texts.
   *
   * @param language BCP 47, by which they are told apart
   */
  ScaleText(List<String> texts, String language, long seed) {
    Set<String> all = new LinkedHashSet<>();
    texts.forEach(
        text -> all.addAll(split(BreakIterator.getSentenceInstance(locale(language)), text)));
    this.sentences =
        all.stream()
            .filter(each -> each.length() >= LEAST_CHARACTERS && each.length() <= MOST_CHARACTERS)
            .toList();
    this.language = language;
    this.seed = seed;
    this.common = commonest();
  }

  private static Locale locale(String language) {
    return Locale.forLanguageTag(language);
  }

  private static List<String> split(BreakIterator at, String text) {
    List<String> parts = new ArrayList<>();
    at.setText(text);
    int begin = at.first();
    for (int end = at.next(); end != BreakIterator.DONE; end = at.next()) {
      String part = text.substring(begin, end).strip().replaceAll("\\s+", " ");
      if (!part.isEmpty()) {
        parts.add(part);
      }
      begin = end;
    }
    return parts;
  }

  private List<String> commonest() {
    Map<String, Integer> counts = new HashMap<>();
    for (String sentence : sentences) {
      words(sentence).forEach(word -> counts.merge(word.toLowerCase(Locale.ROOT), 1, Integer::sum));
    }
    return counts.entrySet().stream()
        .sorted(
            Comparator.comparingInt((Map.Entry<String, Integer> each) -> -each.getValue())
                .thenComparing(Map.Entry::getKey))
        .limit(COMMONEST)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<String> words(String sentence) {
    return split(BreakIterator.getWordInstance(locale(language)), sentence).stream()
        .filter(word -> Character.isLetterOrDigit(word.codePointAt(0)))
        .toList();
  }

  /** How many sentences there are to draw from. */
  int sentences() {
    return sentences.size();
  }

  /** The passage of a number. */
  String passage(int number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    int count = random.nextInt(LEAST_SENTENCES, MOST_SENTENCES + 1);
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      drawn.add(sentences.get(random.nextInt(sentences.size())));
    }
    return String.join(" ", drawn);
  }

  /** Questions: in turn some of the commonest words, and some words that follow one another. */
  List<String> questions(int count) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int length = random.nextInt(LEAST_WORDS, MOST_WORDS + 1);
      questions.add(i % 2 == 0 ? ofCommonest(length, random) : ofSentence(length, random));
    }
    return questions;
  }

  private String ofCommonest(int length, SplittableRandom random) {
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      drawn.add(common.get(random.nextInt(common.size())));
    }
    return String.join(" ", drawn);
  }

  private String ofSentence(int length, SplittableRandom random) {
    List<String> words = words(sentences.get(random.nextInt(sentences.size())));
    int begin = random.nextInt(Math.max(1, words.size() - length + 1));
    return String.join(" ", words.subList(begin, Math.min(words.size(), begin + length)));
  }
}
