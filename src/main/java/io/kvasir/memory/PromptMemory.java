package io.kvasir.memory;

import io.kvasir.core.PathTrace.Stored;
import io.kvasir.core.PathTrace.Stored.Outcome;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Workspace;
import io.kvasir.generate.Generator;
import io.kvasir.generate.PlacedRows;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.PromptRows;
import io.kvasir.generate.StoredRows;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a prompt's documents in the store, or sees to it that they get there. Whatever
 * goes wrong, the prompt is read as text, and the trace says why.
 */
public final class PromptMemory {
  private static final System.Logger LOG = System.getLogger(PromptMemory.class.getName());

  /** Fewer tokens are read in the time that it takes to ask for their rows. */
  static final int LEAST_TOKENS = 256;

  private final MemoryStore store;
  private final MemoryOptions limits;
  private final RowsHeap heap;

  /** A memory over a store. */
  public PromptMemory(MemoryStore store, MemoryOptions limits, RowsHeap heap) {
    this.store = store;
    this.limits = limits;
    this.heap = heap;
  }

  /**
   * What was found.
   *
   * @param rows for the engine
   * @param stored for the trace; null if the collection keeps no rows
   */
  public record Recalled(PromptRows rows, @Nullable Stored stored) {
    /** Nothing was looked for, or nothing is kept. */
    public static final Recalled NOTHING = new Recalled(PromptRows.none(), null);
  }

  /**
   * Looks for the rows of everything up to the last passage. Blocks, at the most for {@code
   * memory.read-seconds} or as long as reading the text would take; not at all where the decoder
   * remembers them.
   *
   * @param documents whose passages are in the prompt
   */
  public Recalled recall(
      Workspace workspace,
      String collection,
      Generator generator,
      Prompt prompt,
      Set<Long> documents) {
    int tokens = documentsEnd(prompt.parts());
    if (tokens < LEAST_TOKENS) {
      return Recalled.NOTHING;
    }
    RowsKey key =
        new RowsKey(
            generator.description().weights().rows(),
            generator.description().weights().attention(),
            Arrays.copyOf(prompt.ids(), tokens),
            0);
    long size = tokens * generator.description().geometry().rowBytes();
    Generator.Unread unread = generator.unread(key.ids());
    Future<MemoryStore.Answer> finding = store.find(workspace, collection, key);
    Writing writing = new Writing(workspace, collection, key, documents, size, finding);
    if (unread.tokens() < LEAST_TOKENS) {
      return new Recalled(PromptRows.wanted(tokens, writing), null);
    }
    long begin = System.nanoTime();
    long deadline = begin + (long) (Math.min(limits.readSeconds(), unread.seconds()) * 1e9);
    try {
      MemoryStore.Answer answer = within(deadline, finding);
      if (answer instanceof MemoryStore.Answer.Off) {
        return Recalled.NOTHING;
      }
      if (answer instanceof MemoryStore.Answer.Found found) {
        return read(found, key, size, writing, begin, deadline);
      }
      return new Recalled(
          PromptRows.wanted(tokens, writing), stored(Outcome.MISSING, key, 0, begin));
    } catch (TimeoutException e) {
      return computed(Outcome.LATE, key, begin);
    } catch (ExecutionException e) {
      LOG.log(System.Logger.Level.WARNING, "stored rows cannot be found: {0}", e.getMessage());
      return computed(Outcome.AWAY, key, begin);
    }
  }

  private Recalled read(
      MemoryStore.Answer.Found found,
      RowsKey key,
      long size,
      Writing writing,
      long begin,
      long deadline)
      throws TimeoutException, ExecutionException {
    if (!heap.take(size)) {
      return computed(Outcome.BUSY, key, begin);
    }
    Future<Optional<StoredRows>> reading = store.read(found, key);
    boolean given = false;
    try {
      Optional<StoredRows> rows = within(deadline, reading);
      if (rows.isEmpty()) {
        return new Recalled(
            PromptRows.wanted(key.ids().length, writing.anew()),
            stored(Outcome.BROKEN, key, 0, begin));
      }
      given = true;
      return new Recalled(
          PromptRows.known(List.of(PlacedRows.at(rows.get(), 0)), () -> heap.giveBack(size)),
          stored(Outcome.READ, key, rows.get().bytes(), begin));
    } finally {
      if (!given) {
        // What comes late takes its room until it has come.
        reading.onComplete(late -> heap.giveBack(size));
      }
    }
  }

  static <T> T within(long deadline, Future<T> future) throws TimeoutException, ExecutionException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TimeoutException("interrupted");
    }
  }

  private static Recalled computed(Outcome outcome, RowsKey key, long begin) {
    return new Recalled(PromptRows.none(), stored(outcome, key, 0, begin));
  }

  private static Stored stored(Outcome outcome, RowsKey key, long bytes, long begin) {
    return new Stored(outcome, key.ids().length, bytes, (System.nanoTime() - begin) / 1e6, null);
  }

  /**
   * How many first tokens make up the instructions and all documents; 0 where an earlier turn
   * stands before them, as nobody else will ask with the same one.
   */
  private static int documentsEnd(List<PromptPart> parts) {
    int tokens = 0;
    int end = 0;
    for (PromptPart part : parts) {
      tokens += part.tokens();
      if (part.kind() == PromptPart.Kind.PASSAGE) {
        end = tokens;
      } else if (part.kind() == PromptPart.Kind.QUESTION || part.kind() == PromptPart.Kind.ANSWER) {
        return end;
      }
    }
    return end;
  }

  /** Rows on their way into the store. */
  private final class Writing implements PromptRows.Keeper {
    private final Workspace workspace;
    private final String collection;
    private final RowsKey key;
    private final Set<Long> documents;
    private final long size;
    private final Future<MemoryStore.Answer> finding;

    Writing(
        Workspace workspace,
        String collection,
        RowsKey key,
        Set<Long> documents,
        long size,
        Future<MemoryStore.Answer> finding) {
      this.workspace = workspace;
      this.collection = collection;
      this.key = key;
      this.documents = documents;
      this.size = size;
      this.finding = finding;
    }

    @Override
    public boolean ready() {
      return finding.result() instanceof MemoryStore.Answer.Missing && heap.take(size);
    }

    /** The same once what was found turned out to be broken, and is gone. */
    Writing anew() {
      return new Writing(
          workspace,
          collection,
          key,
          documents,
          size,
          Future.succeededFuture(new MemoryStore.Answer.Missing()));
    }

    @Override
    public void keep(StoredRows rows) {
      store
          .write(
              workspace,
              collection,
              key,
              new MemoryStore.Source(documents, null),
              rows,
              limits.mostBytes())
          .onComplete(
              written -> {
                heap.giveBack(size);
                if (written.failed()) {
                  LOG.log(
                      System.Logger.Level.WARNING,
                      "rows of {0} are not kept: {1}",
                      collection,
                      written.cause().getMessage());
                }
              });
    }
  }
}
