package io.kvasir.postgres;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * How the words of a language become a {@code tsvector}: by a configuration of PostgreSQL where it
 * has one, cut into words here where it has none.
 */
final class SearchTerms {
  private static final int MAX_WORD_LENGTH = 100;
  private static final int MAX_POSITION = 16_383;
  private static final int MAX_POSITIONS_OF_A_WORD = 255;

  private static final Map<String, String> CONFIGURATIONS =
      Map.ofEntries(
          Map.entry("ar", "arabic"),
          Map.entry("da", "danish"),
          Map.entry("de", "german"),
          Map.entry("el", "greek"),
          Map.entry("en", "english"),
          Map.entry("es", "spanish"),
          Map.entry("fi", "finnish"),
          Map.entry("fr", "french"),
          Map.entry("hu", "hungarian"),
          Map.entry("it", "italian"),
          Map.entry("nl", "dutch"),
          Map.entry("no", "norwegian"),
          Map.entry("pt", "portuguese"),
          Map.entry("ro", "romanian"),
          Map.entry("ru", "russian"),
          Map.entry("sv", "swedish"),
          Map.entry("tr", "turkish"));

  private final ChineseWords chinese = new ChineseWords();

  /** The name of PostgreSQL's configuration; used where {@link #literal} gives null. */
  String configuration(String language) {
    return CONFIGURATIONS.getOrDefault(base(language), "simple");
  }

  /**
   * The text as the literal of a {@code tsvector}; null where PostgreSQL finds the words itself.
   */
  @Nullable String literal(String language, String text) {
    if (!base(language).equals("zh")) {
      return null;
    }
    List<String> words = new ArrayList<>(chinese.in(text));
    Set<String> known = new HashSet<>(words);
    IdentifierWords.of(text).stream()
        .map(word -> word.toLowerCase(Locale.ROOT))
        .filter(known::add)
        .forEach(words::add);
    return literal(words);
  }

  /** What PostgreSQL finds the words of a passage in. */
  static String passage(String key) {
    return IdentifierWords.inPlace(key);
  }

  /**
   * What PostgreSQL finds the words of a question in: also those that it found in passages before
   * identifiers were taken apart.
   */
  static String question(String text) {
    return text + "\n" + String.join(" ", IdentifierWords.of(text));
  }

  static String literal(List<String> words) {
    Map<String, StringJoiner> positions = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    int position = 0;
    for (String word : words) {
      position++;
      if (word.length() > MAX_WORD_LENGTH) {
        continue;
      }
      if (counts.merge(word, 1, Integer::sum) <= MAX_POSITIONS_OF_A_WORD) {
        positions
            .computeIfAbsent(word, first -> new StringJoiner(",", quoted(word) + ":", ""))
            .add(Integer.toString(Math.min(position, MAX_POSITION)));
      }
    }
    return String.join(" ", positions.values().stream().map(StringJoiner::toString).toList());
  }

  private static String quoted(String word) {
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  private static String base(String language) {
    int end = language.indexOf('-');
    return end < 0 ? language : language.substring(0, end);
  }
}
