package io.kvasir.generate;

import io.kvasir.attend.RowObserver;
import org.jspecify.annotations.Nullable;

/**
 * What to read without generating anything: a prompt and what is supposed to follow it.
 *
 * @param ids the tokens to read
 * @param expected for each of the last rows, which token is looked for behind it; its logarithmic
 *     probability is the result. May be empty
 * @param rows how many of the last positions are observed, at least one and as many as are expected
 * @param observer sees those rows in every layer; null if nobody looks
 * @param logits sees what is expected among everything else; null if nobody looks
 * @param promptRows of the tokens, from outside the cache or for somebody there
 */
public record ReadingRequest(
    int[] ids,
    int[] expected,
    int rows,
    @Nullable RowObserver observer,
    @Nullable LogitObserver logits,
    PromptRows promptRows) {
  public ReadingRequest {
    if (rows < Math.max(1, expected.length) || rows > ids.length) {
      throw new IllegalArgumentException(
          "%d rows of %d tokens with %d expected".formatted(rows, ids.length, expected.length));
    }
  }

  /** A reading in which nobody looks at logits. */
  public ReadingRequest(int[] ids, int[] expected, int rows, @Nullable RowObserver observer) {
    this(ids, expected, rows, observer, null, PromptRows.none());
  }

  /** The same reading with somebody who looks at the logits. */
  public ReadingRequest showing(LogitObserver seeing) {
    return new ReadingRequest(ids, expected, rows, observer, seeing, promptRows);
  }

  /** The same reading with rows of which some are known or wanted. */
  public ReadingRequest with(PromptRows some) {
    return new ReadingRequest(ids, expected, rows, observer, logits, some);
  }

  /** Reads a prompt and an answer, asking for every token of the answer where it was chosen. */
  public static ReadingRequest answer(int[] prompt, int[] answer, @Nullable RowObserver observer) {
    return answer(prompt, answer, answer.length, observer);
  }

  /**
   * The same with more rows observed than the answer has tokens.
   *
   * @param rows the last rows, those of the answer included
   */
  public static ReadingRequest answer(
      int[] prompt, int[] answer, int rows, @Nullable RowObserver observer) {
    int[] ids = java.util.Arrays.copyOf(prompt, prompt.length + answer.length - 1);
    System.arraycopy(answer, 0, ids, prompt.length, answer.length - 1);
    return new ReadingRequest(ids, answer, rows, observer);
  }
}
