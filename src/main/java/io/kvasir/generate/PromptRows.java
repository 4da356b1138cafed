package io.kvasir.generate;

import io.kvasir.core.AttentionPrecision;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Which of a prompt's rows come from outside the cache, and which go there. */
public final class PromptRows {
  /** Who wants rows. Called on the inference thread; must not block. */
  public interface Keeper {
    /** Whether there is room for them now; if so, {@link #keep} follows. */
    default boolean ready() {
      return true;
    }

    /** Takes them. */
    void keep(StoredRows rows);
  }

  /**
   * Rows that somebody wants.
   *
   * @param begin the first token
   * @param end behind the last one
   * @param precision that they are wanted in; null for the cache's own
   * @param keeper who wants them
   */
  record Wanted(int begin, int end, @Nullable AttentionPrecision precision, Keeper keeper) {}

  private final AtomicReference<@Nullable List<PlacedRows>> placed;
  private final Runnable released;
  private final @Nullable Wanted wanted;

  private PromptRows(List<PlacedRows> placed, Runnable released, @Nullable Wanted wanted) {
    this.placed =
        new AtomicReference<>(
            placed.stream().sorted(Comparator.comparingInt(PlacedRows::at)).toList());
    this.released = released;
    this.wanted = wanted;
  }

  /** The cache alone. */
  public static PromptRows none() {
    return new PromptRows(List.of(), () -> {}, null);
  }

  /**
   * Some rows are known: they are put into the cache instead of read, if they are of the prompt's
   * tokens and do not overlap.
   *
   * @param released called once, as soon as nobody needs them any more
   */
  public static PromptRows known(List<PlacedRows> placed, Runnable released) {
    return new PromptRows(placed, released, null);
  }

  /**
   * Somebody wants the rows of so many first tokens, as the cache has them, when the answer has
   * ended, unless it failed.
   */
  public static PromptRows wanted(int tokens, Keeper keeper) {
    return new PromptRows(List.of(), () -> {}, new Wanted(0, tokens, null, keeper));
  }

  /** Somebody wants the rows of some tokens when they are read. */
  public static PromptRows wanted(int begin, int end, AttentionPrecision precision, Keeper keeper) {
    return new PromptRows(List.of(), () -> {}, new Wanted(begin, end, precision, keeper));
  }

  /** Those that can be used for a prompt of which so many tokens need not be read, by place. */
  List<PlacedRows> usable(int[] prompt, int reusable) {
    List<PlacedRows> usable = new ArrayList<>();
    int end = 0;
    List<PlacedRows> known = placed.get();
    for (PlacedRows rows : known == null ? List.<PlacedRows>of() : known) {
      if (rows.at() >= end && rows.end() <= reusable && rows.fit(prompt)) {
        usable.add(rows);
        end = rows.end();
      }
    }
    return List.copyOf(usable);
  }

  /** Lets known rows go: they are large, and the cache has them, or nobody will need them. */
  public void release() {
    if (placed.getAndSet(null) != null) {
      released.run();
    }
  }

  @Nullable Wanted wanted() {
    return wanted;
  }
}
