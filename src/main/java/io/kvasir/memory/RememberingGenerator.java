package io.kvasir.memory;

import io.kvasir.generate.Generation;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Message;
import io.kvasir.generate.PlacedRows;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.PromptRows;
import io.kvasir.generate.ReadingRequest;
import io.kvasir.generate.StoredRows;
import io.kvasir.memory.Strategy.Block;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A decoder that, wherever it is given the tokens of some passages, takes their stored rows in
 * place of reading them: so an answer from memory is looked at again as it came about, and without
 * a passage as it would have come about without loading it. Of a passage that was shortened the
 * text is read.
 */
public final class RememberingGenerator implements Generator, AutoCloseable {
  private final Generator generator;
  private final Strategy strategy;
  private final List<StoredRows> passages;
  private final Runnable released;

  /**
   * A decoder with rows.
   *
   * @param strategy what becomes of several passages in one prompt
   * @param passages in the order of the prompts
   * @param released called when this is closed
   */
  RememberingGenerator(
      Generator generator, Strategy strategy, List<StoredRows> passages, Runnable released) {
    this.generator = generator;
    this.strategy = strategy;
    this.passages = List.copyOf(passages);
    this.released = released;
  }

  /** The rows of the passages whose tokens stand here, in their places. */
  private PromptRows rows(int[] ids) {
    List<Block> blocks = new ArrayList<>();
    int from = 0;
    for (StoredRows rows : passages) {
      int at = find(ids, rows, from);
      if (at >= 0) {
        blocks.add(new Block(rows, at));
        from = at + rows.count();
      }
    }
    List<PlacedRows> placed = strategy.place(blocks);
    return placed.isEmpty() ? PromptRows.none() : PromptRows.known(placed, () -> {});
  }

  private static int find(int[] ids, StoredRows rows, int from) {
    int[] read = rows.ids();
    for (int at = from; at + rows.count() <= ids.length; at++) {
      if (Arrays.equals(ids, at, at + rows.count(), read, rows.first(), read.length)) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public CompletableFuture<double[]> read(ReadingRequest request) {
    return generator.read(request.with(rows(request.ids())));
  }

  @Override
  public List<Generation> start(
      List<GenerationRequest> requests, List<? extends Consumer<GenerationEvent>> sinks) {
    return generator.start(
        requests.stream().map(one -> one.with(rows(one.prompt().ids()))).toList(), sinks);
  }

  @Override
  public Description description() {
    return generator.description();
  }

  @Override
  public Load load() {
    return generator.load();
  }

  @Override
  public Unread unread(int[] ids) {
    return generator.unread(ids);
  }

  @Override
  public int countTokens(String text) {
    return generator.countTokens(text);
  }

  @Override
  public int[] tokens(String text) {
    return generator.tokens(text);
  }

  @Override
  public List<String> pieces(int[] ids) {
    return generator.pieces(ids);
  }

  @Override
  public Prompt prompt(List<Message> messages) {
    return generator.prompt(messages);
  }

  @Override
  public void close() {
    released.run();
  }
}
