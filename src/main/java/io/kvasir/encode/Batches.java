package io.kvasir.encode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Groups texts of similar length, so that little of a batch is padding and no batch grows past what
 * pays on a processor.
 */
public final class Batches {
  /**
   * The most tokens of a batch, padding included; larger ones gain nothing. A longer text is alone.
   */
  public static final int MAX_TOKENS = 512;

  private Batches() {}

  /**
   * Indices of texts, batch by batch, longest first.
   *
   * @param lengths tokens of each text
   */
  public static List<int[]> of(int[] lengths) {
    int[] byLength =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingInt((Integer index) -> -lengths[index]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<int[]> batches = new ArrayList<>();
    int first = 0;
    while (first < byLength.length) {
      int longest = Math.max(1, lengths[byLength[first]]);
      int size = Math.min(Math.max(1, MAX_TOKENS / longest), byLength.length - first);
      batches.add(IntStream.range(first, first + size).map(at -> byLength[at]).toArray());
      first += size;
    }
    return batches;
  }
}
