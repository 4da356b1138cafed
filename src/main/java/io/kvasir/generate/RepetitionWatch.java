package io.kvasir.generate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Notices that an answer is about to say the same four words, or eight Chinese characters, a third
 * time. What the prompt says too can be said as often as one likes. Used by one thread.
 */
final class RepetitionWatch {
  private static final int MOST_TIMES = 2;

  /** A Chinese character weighs 1 and a word of letters 2: four of these are as long as eight. */
  private static final int SPAN = 8;

  private static final int WORD = 2;

  private final String prompt;
  private final Deque<String> last = new ArrayDeque<>();
  private final Map<String, Integer> times = new HashMap<>();
  private final StringBuilder begun = new StringBuilder();

  /** Watches an answer to a prompt. */
  RepetitionWatch(String prompt) {
    this.prompt = prompt;
  }

  /**
   * Adds to the answer.
   *
   * @return whether with this text, its last word taken for whole, something stands a third time
   */
  boolean add(String text) {
    boolean again = false;
    for (String word : words(text)) {
      again |= count(word);
    }
    return again || (begun.length() > 0 && times(span(begun.toString())) >= MOST_TIMES);
  }

  /** The words that this text completes; one that it begins or goes on with is kept. */
  private List<String> words(String text) {
    List<String> words = new ArrayList<>();
    text.codePoints()
        .forEach(
            point -> {
              boolean chinese = isChinese(point);
              if (Character.isLetterOrDigit(point) && !chinese) {
                begun.appendCodePoint(Character.toLowerCase(point));
                return;
              }
              if (begun.length() > 0) {
                words.add(begun.toString());
                begun.setLength(0);
              }
              if (chinese) {
                words.add(Character.toString(point));
              }
            });
    return words;
  }

  private boolean count(String word) {
    String span = span(word);
    last.add(word);
    if (last.size() > SPAN) {
      last.remove();
    }
    if (span.isEmpty()) {
      return false;
    }
    int before = times(span);
    times.merge(span, 1, Integer::sum);
    return before >= MOST_TIMES;
  }

  /** The shortest end of the answer that is long enough, this word included; empty if none is. */
  private String span(String word) {
    StringBuilder span = new StringBuilder(word);
    int weight = weight(word);
    var before = last.descendingIterator();
    while (weight < SPAN && before.hasNext()) {
      String earlier = before.next();
      weight += weight(earlier);
      span.insert(0, earlier + " ");
    }
    return weight < SPAN ? "" : span.toString();
  }

  private static int weight(String word) {
    return isChinese(word.codePointAt(0)) ? 1 : WORD;
  }

  /** How often it was said, if that counts. */
  private int times(String span) {
    int found = times.getOrDefault(span, 0);
    return found >= MOST_TIMES && inPrompt(span) ? 0 : found;
  }

  /** Rarely asked, so the prompt is taken apart each time. */
  private boolean inPrompt(String span) {
    StringBuilder words = new StringBuilder(" ");
    prompt
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .forEach(
            point -> {
              if (isChinese(point)) {
                words.append(' ').appendCodePoint(point).append(' ');
              } else {
                words.appendCodePoint(Character.isLetterOrDigit(point) ? point : ' ');
              }
            });
    return words.append(' ').toString().replaceAll(" +", " ").contains(" " + span + " ");
  }

  private static boolean isChinese(int point) {
    return Character.UnicodeScript.of(point) == Character.UnicodeScript.HAN;
  }
}
