package io.kvasir.generate;

import java.util.List;

/** Who uses a slot: a sequence, or a reading. Used by the inference thread. */
interface SlotTenant {
  /** What the slot is to hold before anything is written. */
  SlotContent content();

  /**
   * How many of its first tokens may come from the cache or from outside. The last ones are read
   * again: their logits are wanted, and one alone would be read with a step's rounding.
   */
  int reusable();

  /** Which of its rows are still to be put in place of reading, by place. */
  List<PlacedRows> placed();

  /** Which of its rows come from outside the cache, or go there. */
  PromptRows rows();

  /** So many rows were found in another slot. */
  void found(int count);

  /** So many rows were put into the slot from outside. */
  void restored(int count);
}
