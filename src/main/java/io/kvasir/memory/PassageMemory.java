package io.kvasir.memory;

import io.kvasir.core.Passage;
import io.kvasir.core.PathTrace.Stored;
import io.kvasir.core.PathTrace.Stored.Outcome;
import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Workspace;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.PromptRows;
import io.kvasir.generate.ReadingRequest;
import io.kvasir.generate.StoredRows;
import io.kvasir.memory.PromptMemory.Recalled;
import io.kvasir.memory.Strategy.Block;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of single passages, each read behind what every prompt begins with: kept
 * ahead of any question, and put into prompts in place of the passages' text. Whatever is not there
 * is read as text, and the trace says so.
 */
public final class PassageMemory {
  private static final System.Logger LOG = System.getLogger(PassageMemory.class.getName());
  private static final int[] NOTHING = {};

  /** So long reading may take however soon the text would be read: nobody notices. */
  private static final double LEAST_SECONDS = 0.25;

  private final MemoryStore store;
  private final MemoryOptions options;
  private final RowsHeap heap;

  /** A memory over a store. */
  public PassageMemory(MemoryStore store, MemoryOptions options, RowsHeap heap) {
    this.store = store;
    this.options = options;
    this.heap = heap;
  }

  /** A passage in a prompt: what it is kept under, and where it begins. */
  private record Wanted(long passage, RowsKey key, int at) {}

  /** What was found of a passage. */
  private record Hit(Wanted wanted, MemoryStore.Answer.Found found) {}

  /**
   * Looks for the rows of each passage of a prompt. Blocks, at the most for {@code
   * memory.read-seconds} or as long as reading the text would take.
   */
  public Recalled recall(
      Workspace workspace, String collection, Generator generator, Prompt prompt) {
    List<Wanted> wanted = wanted(generator, prompt.ids(), prompt.parts());
    if (wanted.isEmpty()) {
      return Recalled.NOTHING;
    }
    long begin = System.nanoTime();
    double reading = Math.max(LEAST_SECONDS, generator.unread(prompt.ids()).seconds());
    long deadline = begin + (long) (Math.min(options.readSeconds(), reading) * 1e9);
    try {
      List<MemoryStore.Answer> answers =
          PromptMemory.within(
              deadline,
              Future.all(
                      wanted.stream()
                          .map(each -> store.find(workspace, collection, each.key()))
                          .toList())
                  .map(all -> all.list()));
      if (answers.get(0) instanceof MemoryStore.Answer.Off) {
        return text(Outcome.OFF, begin);
      }
      List<Hit> hits = new ArrayList<>();
      for (int i = 0; i < answers.size(); i++) {
        if (answers.get(i) instanceof MemoryStore.Answer.Found found) {
          hits.add(new Hit(wanted.get(i), found));
        }
      }
      return hits.isEmpty()
          ? text(Outcome.MISSING, begin)
          : read(hits, wanted.size(), begin, deadline);
    } catch (TimeoutException e) {
      return text(Outcome.LATE, begin);
    } catch (ExecutionException e) {
      LOG.log(System.Logger.Level.WARNING, "stored passages cannot be found: {0}", e.getMessage());
      return text(Outcome.AWAY, begin);
    }
  }

  private Recalled read(List<Hit> hits, int all, long begin, long deadline)
      throws TimeoutException, ExecutionException {
    long bytes = hits.stream().mapToLong(hit -> hit.found().bytes()).sum();
    if (!heap.take(bytes)) {
      return text(Outcome.BUSY, begin);
    }
    Future<List<Optional<StoredRows>>> reading =
        Future.all(hits.stream().map(hit -> store.read(hit.found(), hit.wanted().key())).toList())
            .map(read -> read.list());
    boolean given = false;
    try {
      List<Optional<StoredRows>> rows = PromptMemory.within(deadline, reading);
      Map<Long, Block> blocks = new LinkedHashMap<>();
      for (int i = 0; i < rows.size(); i++) {
        Wanted wanted = hits.get(i).wanted();
        rows.get(i).ifPresent(there -> blocks.put(wanted.passage(), new Block(there, wanted.at())));
      }
      if (blocks.isEmpty()) {
        return text(Outcome.BROKEN, begin);
      }
      given = true;
      List<Block> found = List.copyOf(blocks.values());
      return new Recalled(
          PromptRows.known(options.passages().strategy().place(found), () -> heap.giveBack(bytes)),
          new Stored(
              blocks.size() == all ? Outcome.READ : Outcome.PARTLY,
              found.stream().mapToInt(block -> block.rows().count()).sum(),
              bytes,
              (System.nanoTime() - begin) / 1e6,
              new Stored.Placed(
                  options.passages().strategy().toString(), List.copyOf(blocks.keySet()))));
    } finally {
      if (!given) {
        // What comes late takes its room until it has come.
        reading.onComplete(late -> heap.giveBack(bytes));
      }
    }
  }

  /**
   * The decoder with the rows that an answer came from. Blocks, at the most for {@code
   * memory.read-seconds}.
   *
   * @param ids the prompt of that answer
   * @param parts of it
   * @param placed which of its passages came from the database, and what was done with them
   * @throws ProblemException CONFLICT if one of them is no longer kept, BUSY if there is no room,
   *     UNAVAILABLE if the store does not answer in time
   */
  public RememberingGenerator again(
      Workspace workspace,
      String collection,
      Generator generator,
      int[] ids,
      List<PromptPart> parts,
      Stored.Placed placed) {
    List<Wanted> wanted =
        wanted(generator, ids, parts).stream()
            .filter(each -> placed.passages().contains(each.passage()))
            .toList();
    long bytes =
        wanted.stream()
            .mapToLong(
                each ->
                    (each.key().ids().length - each.key().first())
                        * generator.description().geometry().rowBytes())
            .sum();
    if (!heap.take(bytes)) {
      throw new ProblemException(
          ProblemException.Kind.BUSY,
          "there is no room for the stored rows of this answer beside others (memory.heap-bytes); try again in a moment");
    }
    Future<List<StoredRows>> reading =
        Future.all(wanted.stream().map(each -> kept(workspace, collection, each.key())).toList())
            .map(all -> all.list());
    boolean given = false;
    try {
      List<StoredRows> rows =
          PromptMemory.within(System.nanoTime() + options.readSeconds() * 1_000_000_000L, reading);
      given = true;
      return new RememberingGenerator(
          generator, Strategy.named(placed.strategy()), rows, () -> heap.giveBack(bytes));
    } catch (TimeoutException e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE,
          "the database did not give the stored rows of this answer in time (memory.read-seconds)",
          e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ProblemException problem
          ? problem
          : new IllegalStateException(e.getCause());
    } finally {
      if (!given) {
        reading.onComplete(late -> heap.giveBack(bytes));
      }
    }
  }

  private Future<StoredRows> kept(Workspace workspace, String collection, RowsKey key) {
    return store
        .find(workspace, collection, key)
        .compose(
            answer ->
                answer instanceof MemoryStore.Answer.Found found
                    ? store.read(found, key)
                    : Future.succeededFuture(Optional.<StoredRows>empty()))
        .compose(
            rows ->
                rows.map(Future::succeededFuture)
                    .orElseGet(
                        () ->
                            Future.failedFuture(
                                new ProblemException(
                                    ProblemException.Kind.CONFLICT,
                                    "the keys and values that this answer came from are no longer kept; ask the question again"))));
  }

  private static Recalled text(Outcome outcome, long begin) {
    return new Recalled(
        PromptRows.none(), new Stored(outcome, 0, 0, (System.nanoTime() - begin) / 1e6, null));
  }

  /**
   * Reads a passage behind everything that is being answered and keeps its rows, unless they are
   * kept already.
   *
   * @param prompt with this passage alone, in the words of a question's
   * @return whether they are kept now; not if the collection keeps none, or the passage is gone
   */
  public Future<Boolean> keep(
      Workspace workspace, String collection, Generator generator, Prompt prompt, Passage passage) {
    Wanted wanted = wanted(generator, prompt.ids(), prompt.parts()).get(0);
    return store
        .find(workspace, collection, wanted.key())
        .compose(
            answer ->
                answer instanceof MemoryStore.Answer.Missing
                    ? compute(workspace, collection, generator, wanted, passage)
                    : Future.succeededFuture(answer instanceof MemoryStore.Answer.Found));
  }

  private Future<Boolean> compute(
      Workspace workspace, String collection, Generator generator, Wanted wanted, Passage passage) {
    RowsKey key = wanted.key();
    long bytes = (key.ids().length - key.first()) * generator.description().geometry().rowBytes();
    if (!heap.take(bytes)) {
      return Future.failedFuture(
          new ProblemException(
              ProblemException.Kind.UNAVAILABLE,
              "there is no room for the rows of a passage beside those that are being read (memory.heap-bytes)"));
    }
    return computed(generator, key)
        .compose(
            rows ->
                rows == null
                    ? Future.succeededFuture(false)
                    : store.write(
                        workspace,
                        collection,
                        key,
                        new MemoryStore.Source(Set.of(passage.documentId()), passage.id()),
                        rows,
                        options.mostBytes()))
        .onComplete(over -> heap.giveBack(bytes));
  }

  /** The rows of what is read last; null if they were lost, as its slot was taken meanwhile. */
  private static Future<@Nullable StoredRows> computed(Generator generator, RowsKey key) {
    Promise<@Nullable StoredRows> computed = Promise.promise();
    PromptRows wanted =
        PromptRows.wanted(key.first(), key.ids().length, key.precision(), computed::tryComplete);
    try {
      Future.fromCompletionStage(
              generator.read(new ReadingRequest(key.ids(), NOTHING, 1, null).with(wanted)))
          .onSuccess(read -> computed.tryComplete(null))
          .onFailure(computed::tryFail);
    } catch (ProblemException refused) {
      computed.tryFail(refused);
    }
    return computed.future();
  }

  /** The passages of a prompt, in its order, with what stands before the first as their context. */
  private List<Wanted> wanted(Generator generator, int[] ids, List<PromptPart> parts) {
    List<Wanted> wanted = new ArrayList<>();
    int[] context = NOTHING;
    int at = 0;
    for (PromptPart part : parts) {
      Long passage = part.passageId();
      if (passage != null) {
        if (wanted.isEmpty()) {
          context = Arrays.copyOf(ids, at);
        }
        wanted.add(
            new Wanted(
                passage,
                key(generator, context, Arrays.copyOfRange(ids, at, at + part.tokens())),
                at));
      }
      at += part.tokens();
    }
    return wanted;
  }

  private RowsKey key(Generator generator, int[] context, int[] ids) {
    return new RowsKey(
        generator.description().weights().rows(),
        options.passages().precision(),
        IntStream.concat(Arrays.stream(context), Arrays.stream(ids)).toArray(),
        context.length);
  }
}
