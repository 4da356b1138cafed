package io.kvasir.generate;

import io.kvasir.attend.MassProbe;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One generation from its request to its last event. Everything but {@link #cancel} belongs to the
 * inference thread.
 */
final class Sequence implements Generation, SlotTenant {
  private static final System.Logger LOG = System.getLogger(Sequence.class.getName());

  private final GenerationRequest request;
  private final Consumer<GenerationEvent> sink;
  private final Runnable wake;
  private final long submitted = System.nanoTime();
  private final Sampler sampler;
  private final CharacterStream characters = new CharacterStream();
  private final StopStrings stops;
  private List<PlacedRows> placed;
  private final SlotContent content;

  /** Null where repetitions are left alone. */
  private final @Nullable RepetitionWatch repetitions;

  private volatile boolean cancelled;

  /** Its place in the cache once it is admitted. */
  @Nullable Slot slot;

  /** Measures its attention; null if nobody watches or its prompt is not read yet. */
  @Nullable MassProbe probe;

  /** Chunks of other prompts that were read while this one waited. */
  int passedOver;

  private long admitted;
  private long read;
  private int cached;
  private int stored;
  private int announced = -1;
  private int generated;
  private int next;
  private boolean ended;
  private boolean deaf;

  Sequence(
      GenerationRequest request,
      Consumer<GenerationEvent> sink,
      Runnable wake,
      AttentionPrecision precision) {
    this.request = request;
    this.sink = sink;
    this.wake = wake;
    this.sampler = new Sampler(request.sampling(), request.prompt().ids());
    this.stops = new StopStrings(request.sampling().stop());
    this.placed = request.rows().usable(prompt(), reusable());
    this.content = SlotContent.of(prompt(), placed, precision);
    Double penalty = request.sampling().loopPenalty();
    this.repetitions =
        penalty == null || penalty == 0 ? null : new RepetitionWatch(request.prompt().text());
  }

  @Override
  public void cancel() {
    cancelled = true;
    wake.run();
  }

  boolean cancelled() {
    return cancelled;
  }

  boolean ended() {
    return ended;
  }

  int[] prompt() {
    return request.prompt().ids();
  }

  /** Whether an experiment waits for it, and no person. */
  boolean experimental() {
    return request.priority() == Priority.EXPERIMENT;
  }

  boolean watched() {
    return request.watch();
  }

  /** How many tokens are to be read behind so many rows: those of placed rows are not. */
  int unread(int rows) {
    int known =
        placed.stream().mapToInt(each -> Math.max(0, each.end() - Math.max(rows, each.at()))).sum();
    return prompt().length - rows - known;
  }

  @Override
  public SlotContent content() {
    return content;
  }

  @Override
  public int reusable() {
    return Math.max(0, prompt().length - Decoder.LEAST_READ);
  }

  @Override
  public List<PlacedRows> placed() {
    return placed;
  }

  @Override
  public PromptRows rows() {
    return request.rows();
  }

  /** Lengths of the prompt's parts. */
  int[] partLengths() {
    return request.prompt().parts().stream().mapToInt(PromptPart::tokens).toArray();
  }

  /** The most rows it will ever use in a slot. */
  int capacity(int context) {
    return (int) Math.min(context, (long) prompt().length + request.sampling().maxTokens());
  }

  /** Whether it has used more time than it may. */
  boolean late(long now, long deadlineNanos) {
    return now - submitted > deadlineNanos;
  }

  /** Says how many wait before it, if that changed. */
  void waitBehind(int position) {
    if (position != announced) {
      announced = position;
      emit(new GenerationEvent.Queued(position));
    }
  }

  /** It has a slot. */
  void admit(Slot place) {
    slot = place;
    admitted = System.nanoTime();
    cached = place.length();
  }

  /** Its placed rows are in the slot, or nobody will need them. */
  void releaseRows() {
    placed = List.of();
    request.rows().release();
  }

  @Override
  public void found(int count) {
    cached += count;
  }

  @Override
  public void restored(int count) {
    cached += count;
    stored += count;
  }

  /** Says how far its prompt is read. */
  void readTo(int done) {
    read = System.nanoTime();
    emit(new GenerationEvent.Prefill(done, prompt().length, cached, stored));
  }

  /** The token that the next step reads. */
  int next() {
    return next;
  }

  /** Whether its prompt is read and it takes steps. */
  boolean answering() {
    return generated > 0;
  }

  /** The next token of its opening; chosen from these logits behind it. */
  int choose(float[] logits) {
    int[] opening = request.opening();
    return generated < opening.length ? opening[generated] : sampler.choose(logits);
  }

  /**
   * Takes over a token that it produced.
   *
   * @param bytes that the token stands for
   * @return why it ends with this token, or null if it goes on
   */
  GenerationEvent.@Nullable FinishReason produce(
      int id, byte[] bytes, double logprob, float[] mass, int context) {
    next = id;
    sampler.took(id, bytes);
    generated++;
    String text = stops.add(characters.add(bytes));
    if (repetitions != null && repetitions.add(text)) {
      return GenerationEvent.FinishReason.REPETITION;
    }
    emit(new GenerationEvent.Token(id, text, logprob, mass));
    if (stops.stopped()) {
      return GenerationEvent.FinishReason.STOP;
    }
    boolean full = prompt().length + generated >= context;
    return full || generated >= request.sampling().maxTokens()
        ? GenerationEvent.FinishReason.LENGTH
        : null;
  }

  /** Ends it; later calls do nothing. */
  void finish(GenerationEvent.FinishReason reason) {
    releaseRows();
    if (!ended) {
      ended = true;
      long now = System.nanoTime();
      long queued = admitted == 0 ? now - submitted : admitted - submitted;
      long prefilled = admitted == 0 || read == 0 ? 0 : read - admitted;
      emit(new GenerationEvent.Finished(reason, stops.tail(), queued / 1e6, prefilled / 1e6));
    }
  }

  /** Ends it with a failure; later calls do nothing. */
  void fail(ProblemException problem) {
    releaseRows();
    if (!ended) {
      ended = true;
      emit(new GenerationEvent.Failed(problem));
    }
  }

  /** A sink that throws loses its generation, nobody else's. */
  private void emit(GenerationEvent event) {
    if (deaf) {
      return;
    }
    try {
      sink.accept(event);
    } catch (RuntimeException e) {
      deaf = true;
      LOG.log(Level.WARNING, "A reader of generated tokens failed; its generation is cancelled", e);
      cancelled = true;
    }
  }
}
