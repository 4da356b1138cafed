package io.kvasir.contrast.path;

import io.kvasir.core.Passage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** In which order a path reads the passages that retrieval ranked. */
public interface ReadingOrder {
  /** The most wanted first. */
  ReadingOrder BEST_FIRST = Choice::of;

  /** The most wanted last, next to the question. */
  ReadingOrder BEST_LAST = Choice::bestLast;

  /** By chance; the same seed gives the same. */
  static ReadingOrder random(long seed) {
    return wanted -> {
      List<Passage> shuffled = new ArrayList<>(wanted);
      Collections.shuffle(shuffled, new Random(seed));
      return Choice.read(wanted, shuffled);
    };
  }

  /** What is wanted, the most wanted first, with the order in which it is read. */
  Choice of(List<Passage> wanted);
}
