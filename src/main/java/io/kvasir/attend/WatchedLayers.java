package io.kvasir.attend;

import io.kvasir.core.ProblemException;
import java.util.List;
import java.util.stream.IntStream;

/** Which layers' attention is averaged into a mass. */
public final class WatchedLayers {
  /** How many are watched unless a setting says otherwise. */
  public static final int DEFAULT_COUNT = 6;

  private WatchedLayers() {}

  /**
   * Layers evenly spread from the middle to the last but one. Early layers attend to neighbouring
   * positions, the last one prepares the next token; content is looked up in between.
   *
   * @param layers of the decoder
   * @return in order, at most {@link #DEFAULT_COUNT}
   */
  public static List<Integer> spread(int layers) {
    int first = layers / 2;
    int last = Math.max(first, layers - 2);
    int count = Math.min(DEFAULT_COUNT, last - first + 1);
    return IntStream.range(0, count)
        .map(i -> count == 1 ? last : first + Math.round((float) i * (last - first) / (count - 1)))
        .boxed()
        .toList();
  }

  /**
   * The chosen layers, or {@link #spread} if none are chosen.
   *
   * @throws ProblemException INVALID if the decoder has no such layer
   */
  public static List<Integer> choose(List<Integer> chosen, int layers) {
    for (int layer : chosen) {
      if (layer < 0 || layer >= layers) {
        throw new ProblemException(
            ProblemException.Kind.INVALID,
            "engine.watched-layers names layer %d; this decoder has layers 0 to %d"
                .formatted(layer, layers - 1));
      }
    }
    return chosen.isEmpty() ? spread(layers) : chosen.stream().distinct().sorted().toList();
  }
}
