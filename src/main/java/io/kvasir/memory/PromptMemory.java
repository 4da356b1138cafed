package io.kvasir.memory;

import io.kvasir.core.PathTrace.Stored;
import io.kvasir.core.PathTrace.Stored.Outcome;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Workspace;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.PromptRows;
import io.kvasir.generate.StoredRows;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
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
  private final MemoryLimits limits;
  private final Semaphore freeKilobytes;

  /** A memory over a store. */
  public PromptMemory(MemoryStore store, MemoryLimits limits) {
    this.store = store;
    this.limits = limits;
    this.freeKilobytes = new Semaphore(kilobytes(limits.heapBytes()));
  }

  /**
   * What was found.
   *
   * @param rows for the engine
   * @param stored for the trace; null if the collection keeps no rows
   */
  public record Recalled(PromptRows rows, @Nullable Stored stored) {
    static final Recalled NOTHING = new Recalled(PromptRows.none(), null);
  }

  /**
   * Looks for the rows of everything up to the last passage. Blocks, at the most for {@code
   * memory.read-seconds}.
   *
   * @param documents whose passages are in the prompt
   */
  public Recalled recall(
      Workspace workspace,
      String collection,
      Generator.Description decoder,
      Prompt prompt,
      Set<Long> documents) {
    int tokens = documentsEnd(prompt.parts());
    if (tokens < LEAST_TOKENS) {
      return Recalled.NOTHING;
    }
    int size = kilobytes(tokens * decoder.geometry().rowBytes());
    if (!freeKilobytes.tryAcquire(size)) {
      return new Recalled(PromptRows.none(), new Stored(Outcome.BUSY, tokens, 0, 0));
    }
    RowsKey key = new RowsKey(decoder.weights().rows(), Arrays.copyOf(prompt.ids(), tokens));
    long begin = System.nanoTime();
    Future<MemoryStore.Answer> reading = store.read(workspace, collection, key);
    Outcome problem = Outcome.AWAY;
    try {
      MemoryStore.Answer answer =
          reading
              .toCompletionStage()
              .toCompletableFuture()
              .get(limits.readSeconds(), TimeUnit.SECONDS);
      double ms = (System.nanoTime() - begin) / 1e6;
      if (answer instanceof MemoryStore.Answer.Found found) {
        StoredRows rows = found.rows();
        return new Recalled(
            PromptRows.known(rows, () -> freeKilobytes.release(size)),
            new Stored(Outcome.READ, tokens, rows.bytes(), ms));
      }
      freeKilobytes.release(size);
      if (answer instanceof MemoryStore.Answer.Off) {
        return Recalled.NOTHING;
      }
      boolean broken = answer instanceof MemoryStore.Answer.Broken;
      return new Recalled(
          PromptRows.wanted(tokens, new Writing(workspace, collection, key, documents, size)),
          new Stored(broken ? Outcome.BROKEN : Outcome.MISSING, tokens, 0, ms));
    } catch (TimeoutException e) {
      problem = Outcome.LATE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      LOG.log(System.Logger.Level.WARNING, "stored rows cannot be read: {0}", e.getMessage());
    }
    reading.onComplete(late -> freeKilobytes.release(size));
    return new Recalled(
        PromptRows.none(), new Stored(problem, tokens, 0, (System.nanoTime() - begin) / 1e6));
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

  private static int kilobytes(long bytes) {
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, (bytes + 1_023) >> 10));
  }

  /** Rows on their way into the store. */
  private final class Writing implements PromptRows.Keeper {
    private final Workspace workspace;
    private final String collection;
    private final RowsKey key;
    private final Set<Long> documents;
    private final int size;

    Writing(
        Workspace workspace, String collection, RowsKey key, Set<Long> documents, int size) {
      this.workspace = workspace;
      this.collection = collection;
      this.key = key;
      this.documents = documents;
      this.size = size;
    }

    @Override
    public boolean ready() {
      return freeKilobytes.tryAcquire(size);
    }

    @Override
    public void keep(StoredRows rows) {
      store
          .write(workspace, collection, key, documents, rows, limits.mostBytes())
          .onComplete(
              written -> {
                freeKilobytes.release(size);
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
