package io.kvasir.evidence;

import io.kvasir.core.AnswerPath;
import java.util.List;

/**
 * What a decoder answers when stretches of its prompt are left out, and what that did to the answer
 * that it gave with them.
 *
 * @param path which path
 * @param left what was left out
 * @param answer what it answers now, greedily
 * @param finishReason why that ended, as a trace says it
 * @param logprob ln P(first answer | the whole prompt)
 * @param without ln P(first answer | the prompt without them)
 * @param delta the first less the second: above 0, the first answer was more probable with them
 */
public record AnswerWithout(
    AnswerPath path,
    List<Stretch> left,
    String answer,
    String finishReason,
    double logprob,
    double without,
    double delta) {
  public AnswerWithout {
    left = List.copyOf(left);
  }

  /**
   * Tokens of a prompt.
   *
   * @param begin position of the first
   * @param end behind the last
   */
  public record Stretch(int begin, int end) {}
}
