package io.kvasir.generate;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Which of a prompt's rows come from outside the cache, and which go there. */
public final class PromptRows {
  /** Who wants rows. Called on the inference thread; must not block. */
  public interface Keeper {
    /** Whether there is room for them now; if so, {@link #keep} follows. */
    boolean ready();

    /** Takes them. */
    void keep(StoredRows rows);
  }

  private final AtomicReference<@Nullable StoredRows> known;
  private final Runnable released;
  private final int wanted;
  private final @Nullable Keeper keeper;

  private PromptRows(
      @Nullable StoredRows known, Runnable released, int wanted, @Nullable Keeper keeper) {
    this.known = new AtomicReference<>(known);
    this.released = released;
    this.wanted = wanted;
    this.keeper = keeper;
  }

  /** The cache alone. */
  public static PromptRows none() {
    return new PromptRows(null, () -> {}, 0, null);
  }

  /**
   * The prompt begins with rows that are known: they are put into the cache instead of read.
   *
   * @param released called once, as soon as nobody needs them any more
   */
  public static PromptRows known(StoredRows rows, Runnable released) {
    return new PromptRows(rows, released, 0, null);
  }

  /**
   * Somebody wants the rows of so many first tokens when the answer has ended, unless it failed.
   */
  public static PromptRows wanted(int tokens, Keeper keeper) {
    return new PromptRows(null, () -> {}, tokens, keeper);
  }

  /** The known rows, once: they are large, and the cache has them afterwards. */
  @Nullable StoredRows take() {
    return known.getAndSet(null);
  }

  /** Says that the rows which were taken, or never will be, are no longer needed. */
  void release() {
    released.run();
  }

  /** Lets known rows go that nobody took. */
  public void drop() {
    if (take() != null) {
      release();
    }
  }

  int wantedTokens() {
    return wanted;
  }

  @Nullable Keeper keeper() {
    return keeper;
  }
}
