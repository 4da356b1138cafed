package io.kvasir.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Whether an answer runs in circles. */
public final class Repetition {
  private static final int WORDS = 4;
  private static final int CHARACTERS = 8;
  private static final int TIMES = 3;
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");

  private Repetition() {}

  /**
   * Whether some four words (of Chinese: eight characters, punctuation and blanks aside) stand
   * three times in an answer and less often in its prompt, which an answer may quote.
   */
  public static boolean loops(String answer, String prompt, String language) {
    boolean chinese = language.equals("zh");
    Map<List<String>, Integer> said = runs(answer, chinese);
    said.values().removeIf(times -> times < TIMES);
    if (said.isEmpty()) {
      return false;
    }
    Map<List<String>, Integer> read = runs(prompt, chinese);
    return said.keySet().stream().anyMatch(run -> read.getOrDefault(run, 0) < TIMES);
  }

  private static Map<List<String>, Integer> runs(String text, boolean chinese) {
    List<String> units = new ArrayList<>();
    WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .map(MatchResult::group)
        .forEach(
            word -> {
              if (chinese) {
                word.codePoints().mapToObj(Character::toString).forEach(units::add);
              } else {
                units.add(word);
              }
            });
    int length = chinese ? CHARACTERS : WORDS;
    Map<List<String>, Integer> runs = new HashMap<>();
    for (int begin = 0; begin + length <= units.size(); begin++) {
      runs.merge(units.subList(begin, begin + length), 1, Integer::sum);
    }
    return runs;
  }
}
