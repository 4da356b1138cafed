package io.kvasir.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Which choices of passages an answer is read with, in the order in which prompts share the longest
 * beginnings: each reading finds in the cache what the one before it left there.
 *
 * @param choices for each reading, which passages it keeps, in the prompt's order
 */
record ReadingPlan(List<boolean[]> choices) {
  /** Every passage left out alone, from the last to the first, and all of them. */
  static ReadingPlan leaveOneOut(int passages) {
    List<boolean[]> choices = new ArrayList<>();
    for (int left = passages - 1; left >= 0; left--) {
      boolean[] kept = new boolean[passages];
      Arrays.fill(kept, true);
      kept[left] = false;
      choices.add(kept);
    }
    if (passages != 1) {
      choices.add(new boolean[passages]);
    }
    return new ReadingPlan(choices);
  }

  /**
   * Random choices that keep each passage with probability ½; the same seed gives the same.
   *
   * @param count how many
   */
  static ReadingPlan random(int passages, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<boolean[]> choices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean[] kept = new boolean[passages];
      for (int j = 0; j < passages; j++) {
        kept[j] = random.nextBoolean();
      }
      choices.add(kept);
    }
    choices.sort((one, other) -> Arrays.compare(other, one));
    return new ReadingPlan(choices);
  }

  /** The passages that one choice leaves out. */
  static Set<Long> left(List<Long> passages, boolean[] kept) {
    Set<Long> left = new HashSet<>();
    for (int i = 0; i < kept.length; i++) {
      if (!kept[i]) {
        left.add(passages.get(i));
      }
    }
    return left;
  }

  /** How many of some prompts' tokens have to be read one after the other, at the least. */
  static long tokens(List<int[]> prompts, int answer) {
    long tokens = 0;
    int[] before = {};
    for (int[] prompt : new LinkedHashSet<>(prompts)) {
      int same = Arrays.mismatch(before, prompt);
      tokens += prompt.length - (same < 0 ? prompt.length : same) + answer;
      before = prompt;
    }
    return tokens;
  }
}
