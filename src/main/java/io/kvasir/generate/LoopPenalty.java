package io.kvasir.generate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Makes it less likely that an answer goes round in circles: the longer the sequence before a token
 * repeats one that the answer had, the more is taken from the logit of the token that followed that
 * time. What is quoted from the prompt can be longer: a command or a name must not change when it
 * is named twice, a whole sentence need not be said twice.
 *
 * <p>This is the penalty "DRY" as llama.cpp computes it, with its base and its breakers: a sequence
 * does not go on over the end of a line, a colon, a quotation mark or a star, so that lists and
 * labels can look alike.
 */
final class LoopPenalty {
  /** So much more is taken for each further token that is repeated. */
  static final double BASE = 1.75;

  /** Sequences that are shorter are repeated without anything being taken. */
  static final int ALLOWED = 3;

  /** The same of what the prompt says too. */
  static final int QUOTED = 16;

  /** A sequence that is longer counts as one of this length. */
  private static final int LONGEST = 48;

  private static final String BREAKERS = "\n:\"*";

  private final double penalty;
  private final int[] prompt;
  private int[] answer = new int[128];
  private boolean[] breaks = new boolean[128];
  private int length;

  /**
   * A penalty.
   *
   * @param penalty for a sequence of the allowed length
   * @param prompt that is answered
   */
  LoopPenalty(double penalty, int[] prompt) {
    this.penalty = penalty;
    this.prompt = prompt;
  }

  /** The answer has one more token, of these bytes. */
  void add(int id, byte[] bytes) {
    if (length == answer.length) {
      answer = Arrays.copyOf(answer, 2 * length);
      breaks = Arrays.copyOf(breaks, 2 * length);
    }
    answer[length] = id;
    for (byte unit : bytes) {
      breaks[length] |= BREAKERS.indexOf(unit) >= 0;
    }
    length++;
  }

  /** Takes from the logits of tokens that would go on with a repetition. */
  void apply(float[] logits) {
    Map<Integer, Double> taken = new HashMap<>();
    for (int next = 1; next < length; next++) {
      int same = sameBefore(next);
      if (same >= ALLOWED) {
        int longer = same - (quotes(answer[next]) ? QUOTED : ALLOWED);
        taken.merge(answer[next], longer < 0 ? 0 : penalty * Math.pow(BASE, longer), Math::max);
      }
    }
    taken.forEach((id, most) -> logits[id] -= most.floatValue());
  }

  /** Whether the prompt goes on with this token where it says what the answer ends with. */
  private boolean quotes(int next) {
    for (int at = ALLOWED; at < prompt.length; at++) {
      if (prompt[at] == next
          && Arrays.equals(prompt, at - ALLOWED, at, answer, length - ALLOWED, length)) {
        return true;
      }
    }
    return false;
  }

  /** How many tokens before a place are those that the answer ends with. */
  private int sameBefore(int place) {
    int same = 0;
    while (same < place
        && same < LONGEST
        && answer[place - 1 - same] == answer[length - 1 - same]
        && !breaks[place - 1 - same]) {
      same++;
    }
    return same;
  }
}
