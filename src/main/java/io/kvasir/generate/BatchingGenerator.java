package io.kvasir.generate;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A generator that answers many requests with one decoder: its own thread, named after the decoder,
 * steps all live sequences as one ragged batch. Closing it ends what is left with UNAVAILABLE and
 * frees the decoder.
 */
public final class BatchingGenerator implements Generator, AutoCloseable {
  private final Description description;
  private final Tokenizer tokenizer;
  private final PromptBuilder prompts;
  private final WaitingLine line;
  private final int slots;
  private final AttentionPrecision precision;
  private final InferenceLoop loop;
  private final Thread thread;

  /**
   * Starts the inference thread; the generator owns decoder and tokenizer from now on.
   *
   * @param description what it says it is; its watched layers are those that are measured
   * @param decoder computes
   * @param tokenizer its vocabulary
   * @param prompts builds its prompts
   * @param eosTokens tokens that end a turn
   * @param options limits
   */
  public BatchingGenerator(
      Description description,
      Decoder decoder,
      Tokenizer tokenizer,
      PromptBuilder prompts,
      Set<Integer> eosTokens,
      EngineOptions options) {
    this.description = description;
    this.tokenizer = tokenizer;
    this.prompts = prompts;
    this.slots = decoder.shape().slots();
    this.precision = decoder.shape().precision();
    this.line = new WaitingLine(description.name(), slots + options.queue());
    int[] watched = description.watchedLayers().stream().mapToInt(Integer::intValue).toArray();
    this.loop =
        new InferenceLoop(
            decoder, tokenizer, eosTokens, options, watched, line, description.name());
    this.thread = new Thread(loop, "decoder " + description.name());
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Description description() {
    return description;
  }

  @Override
  public Load load() {
    return loop.load();
  }

  @Override
  public Unread unread(int[] ids) {
    return loop.unread(ids);
  }

  @Override
  public int countTokens(String text) {
    return tokenizer.encode(text).length;
  }

  @Override
  public int[] tokens(String text) {
    return tokenizer.encode(text);
  }

  @Override
  public List<String> pieces(int[] ids) {
    CharacterStream characters = new CharacterStream();
    List<String> pieces = new ArrayList<>(ids.length);
    for (int id : ids) {
      byte[] bytes = tokenizer.bytes(id);
      String name = bytes.length == 0 ? tokenizer.name(id) : null;
      pieces.add(characters.add(bytes) + (name == null ? "" : name));
    }
    return pieces;
  }

  @Override
  public Prompt prompt(List<Message> messages) {
    return prompts.build(messages);
  }

  @Override
  public List<Generation> start(
      List<GenerationRequest> requests, List<? extends Consumer<GenerationEvent>> sinks) {
    if (requests.isEmpty() || requests.size() != sinks.size() || requests.size() > slots) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "%d generations with %d readers cannot start together; it can be 1 to %d (engine.slots)"
              .formatted(requests.size(), sinks.size(), slots));
    }
    List<Sequence> group = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      check(requests.get(i).prompt().ids().length);
      group.add(new Sequence(requests.get(i), sinks.get(i), line::wake, precision));
    }
    line.add(group);
    return List.copyOf(group);
  }

  @Override
  public CompletableFuture<double[]> read(ReadingRequest request) {
    check(request.ids().length);
    CompletableFuture<double[]> result = loop.reader().add(request);
    line.wake();
    return result;
  }

  private void check(int length) {
    if (length == 0) {
      throw new ProblemException(
          ProblemException.Kind.INVALID, "the prompt is empty; say at least one word");
    }
    if (length >= description.context()) {
      throw new ProblemException(
          ProblemException.Kind.TOO_LONG,
          "the prompt has %d tokens; with room for an answer at most %d fit into the context (engine.context)"
              .formatted(length, description.context() - 1));
    }
  }

  @Override
  public void close() {
    line.close();
    if (Thread.currentThread() == thread) {
      return;
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
