package io.kvasir.generate;

import io.kvasir.attend.MassProbe;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Reason;
import io.kvasir.generate.GenerationEvent.FinishReason;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the inference thread does: in each turn it lets waiting groups in, reads one chunk of one
 * prompt, and takes one step of everything that answers. Only this thread touches the decoder.
 */
final class InferenceLoop implements Runnable {
  private static final System.Logger LOG = System.getLogger(InferenceLoop.class.getName());
  private static final int[] NOTHING = {};

  /** While nothing can be done, waiting sequences are looked at this often for their deadline. */
  private static final long IDLE_MILLIS = 1_000;

  private final Decoder decoder;
  private final Decoder.Shape shape;
  private final Tokenizer tokenizer;
  private final Set<Integer> eosTokens;
  private final EngineOptions options;
  private final int[] watchedLayers;
  private final WaitingLine line;
  private final Slots slots;
  private final ReadingPace pace;
  private final BackgroundReader reader;
  private final String name;
  private final List<Sequence> live = new ArrayList<>();
  private volatile int running;
  private volatile double cacheUsage;
  private final float[] logits;
  private final float[] queries;

  InferenceLoop(
      Decoder decoder,
      Tokenizer tokenizer,
      Set<Integer> eosTokens,
      EngineOptions options,
      int[] watchedLayers,
      WaitingLine line,
      String name) {
    this.decoder = decoder;
    this.shape = decoder.shape();
    this.tokenizer = tokenizer;
    this.eosTokens = eosTokens;
    this.options = options;
    this.watchedLayers = watchedLayers;
    this.line = line;
    this.name = name;
    this.slots = new Slots(decoder);
    this.pace = new ReadingPace(options.prefillChunk(), options.interleavedSteps());
    this.reader = new BackgroundReader(decoder, slots, pace, options, name);
    this.logits = new float[shape.vocabulary()];
    this.queries = new float[shape.queryWidth()];
  }

  /** What is read behind the answers. */
  BackgroundReader reader() {
    return reader;
  }

  @Override
  public void run() {
    try {
      while (line.open()) {
        turn();
        if (live.isEmpty() && !reader.busy() && !line.await(IDLE_MILLIS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Whatever ended the loop, a defect included: nobody may wait for tokens that never come.
      line.close();
      ProblemException problem = WaitingLine.unavailable(name);
      line.remove(sequence -> true).forEach(sequence -> fail(sequence, problem));
      List.copyOf(live).forEach(sequence -> fail(sequence, problem));
      reader.close(problem);
      decoder.close();
      tokenizer.close();
    }
  }

  /** How busy it is, as of its last turn. Any thread. */
  Generator.Load load() {
    int waiting = line.waiting().stream().mapToInt(List::size).sum();
    return new Generator.Load(running, waiting, cacheUsage);
  }

  /** What is left to be read of these tokens. Any thread. */
  Generator.Unread unread(int[] ids) {
    int tokens = slots.unread(ids);
    return new Generator.Unread(tokens, pace.seconds(tokens));
  }

  private void turn() {
    endCancelledAndLate();
    admit();
    List<Sequence> awake = awake();
    List<Sequence> answering = awake.stream().filter(Sequence::answering).toList();
    Sequence reading = nextToRead(awake);
    if (reading != null) {
      guard(reading, () -> readChunk(reading, !answering.isEmpty()));
    } else {
      reader.advance(!answering.isEmpty(), !line.waiting().isEmpty());
    }
    if (!answering.isEmpty()) {
      step(answering);
    }
    running = live.size();
    cacheUsage = slots.usage();
  }

  private void endCancelledAndLate() {
    long now = System.nanoTime();
    long deadline = options.deadline().toNanos();
    List<Sequence> over = new ArrayList<>(live);
    over.removeIf(sequence -> !sequence.cancelled() && !sequence.late(now, deadline));
    over.addAll(line.remove(each -> each.cancelled() || each.late(now, deadline)));
    for (Sequence sequence : over) {
      if (sequence.cancelled()) {
        finish(sequence, FinishReason.CANCELLED);
      } else {
        fail(
            sequence,
            new ProblemException(
                ProblemException.Kind.UNAVAILABLE,
                "the answer took longer than %d s (engine.deadline-seconds); ask for a shorter one, or try when fewer are waiting"
                    .formatted(options.deadline().toSeconds())));
      }
    }
  }

  /** Frees what a sequence has, before its last event, so that who reads that finds room. */
  private void leave(Sequence sequence) {
    live.remove(sequence);
    Slot slot = sequence.slot;
    if (slot != null) {
      slots.release(slot);
      sequence.slot = null;
    }
    line.left();
  }

  private void admit() {
    List<Sequence> group = nextGroup();
    while (group != null) {
      for (Sequence sequence : group) {
        sequence.admit(slots.take(sequence));
        live.add(sequence);
      }
      group = nextGroup();
    }
    int before = 0;
    for (List<Sequence> waiting : line.waiting()) {
      for (Sequence sequence : waiting) {
        sequence.waitBehind(before);
      }
      before += waiting.size();
    }
  }

  /** Experiments take half of the slots; a group of more enters when none of theirs runs. */
  private @Nullable List<Sequence> nextGroup() {
    int experimental = (int) live.stream().filter(Sequence::experimental).count();
    int most = experimental == 0 ? shape.slots() : Math.max(0, shape.slots() / 2 - experimental);
    return line.poll(slots.free(), most);
  }

  /** All, or while a person waits, theirs and the oldest one of an experiment. */
  private List<Sequence> awake() {
    if (live.stream().allMatch(Sequence::experimental)) {
      return List.copyOf(live);
    }
    Sequence oldest = live.stream().filter(Sequence::experimental).findFirst().orElse(null);
    return live.stream().filter(each -> !each.experimental() || each == oldest).toList();
  }

  /**
   * The prompt with the least left to read goes first, so that short ones answer early; a long one
   * gains half a chunk for each chunk that it let pass, so that it is read in the end. What persons
   * wait for goes before what experiments do.
   */
  private @Nullable Sequence nextToRead(List<Sequence> awake) {
    List<Sequence> unread = awake.stream().filter(sequence -> !sequence.answering()).toList();
    List<Sequence> waitedFor = unread.stream().filter(each -> !each.experimental()).toList();
    List<Sequence> reading = waitedFor.isEmpty() ? unread : waitedFor;
    Sequence chosen =
        reading.stream()
            .min(
                Comparator.comparingInt(
                    each ->
                        each.unread(slotOf(each).length())
                            - each.passedOver * options.prefillChunk() / 2))
            .orElse(null);
    for (Sequence sequence : reading) {
      sequence.passedOver += sequence == chosen ? 0 : 1;
    }
    return chosen;
  }

  private static Slot slotOf(Sequence sequence) {
    Slot slot = sequence.slot;
    if (slot == null) {
      throw new IllegalStateException("a live sequence has a slot");
    }
    return slot;
  }

  private void readChunk(Sequence sequence, boolean othersAnswer) {
    Slot slot = slotOf(sequence);
    int stretch = slots.fill(sequence, slot);
    if (stretch == sequence.prompt().length) {
      sequence.releaseRows();
    }
    int begin = slot.length();
    int chunk = pace.tokens(othersAnswer);
    int end = stretch - begin - chunk < Decoder.LEAST_READ ? stretch : begin + chunk;
    boolean last = end == sequence.prompt().length;
    int[] observed = last && sequence.watched() ? watchedLayers : NOTHING;
    int[] ids = sequence.content().range(begin, end);
    Decoder.Pass pass =
        pace.read(ids.length, () -> decoder.read(slot.index, begin, ids, 1, observed));
    slot.content.append(sequence.content(), end);
    sequence.readTo(end);
    if (last) {
      if (sequence.watched()) {
        sequence.probe =
            new MassProbe(
                shape.geometry(),
                watchedLayers,
                sequence.partLengths(),
                sequence.capacity(shape.context()));
      }
      accept(sequence, pass, 0);
    }
  }

  private void step(List<Sequence> answering) {
    List<Slot> places = slots.gather(answering.stream().map(InferenceLoop::slotOf).toList());
    int[] positions = places.stream().mapToInt(Slot::length).toArray();
    int[] ids = new int[places.size()];
    boolean anyWatched = false;
    for (int row = 0; row < ids.length; row++) {
      Sequence sequence = ownerOf(places.get(row));
      ids[row] = sequence.next();
      anyWatched |= sequence.watched();
    }
    int first = places.get(0).index;
    int[] observed = anyWatched ? watchedLayers : NOTHING;
    Decoder.Pass pass;
    try {
      pass = pace.step(() -> decoder.step(first, positions, ids, observed));
    } catch (ProblemException e) {
      for (Slot slot : places) {
        slot.content.truncate(0);
        fail(ownerOf(slot), e);
      }
      return;
    }
    for (int row = 0; row < ids.length; row++) {
      Slot slot = places.get(row);
      Sequence sequence = ownerOf(slot);
      slot.content.append(ids[row]);
      int at = row;
      guard(sequence, () -> accept(sequence, pass, at));
    }
  }

  private static Sequence ownerOf(Slot slot) {
    Sequence owner = slot.owner;
    if (owner == null) {
      throw new IllegalStateException("a slot that steps has an owner");
    }
    return owner;
  }

  /**
   * Chooses a sequence's next token from what a pass computed, and ends the sequence if it must.
   */
  private void accept(Sequence sequence, Decoder.Pass pass, int row) {
    pass.logits(row, logits);
    int id = sequence.choose(logits);
    if (eosTokens.contains(id)) {
      finish(sequence, FinishReason.STOP);
      return;
    }
    double logprob = LogProbability.of(logits, id);
    float[] mass = mass(sequence, pass, row);
    FinishReason end = sequence.produce(id, tokenizer.bytes(id), logprob, mass, shape.context());
    if (end != null) {
      finish(sequence, end);
    }
  }

  private float[] mass(Sequence sequence, Decoder.Pass pass, int row) {
    MassProbe probe = sequence.probe;
    if (probe == null) {
      return new float[0];
    }
    Slot slot = slotOf(sequence);
    for (int i = 0; i < watchedLayers.length; i++) {
      pass.queries(watchedLayers[i], row, queries);
      probe.observe(i, decoder.keys(watchedLayers[i], slot.index), queries, slot.length());
    }
    return probe.masses();
  }

  /** Runs what concerns one sequence; its failure is its own. */
  private void guard(Sequence sequence, Runnable work) {
    try {
      work.run();
    } catch (ProblemException e) {
      Slot slot = sequence.slot;
      if (slot != null) {
        slot.content.truncate(0);
      }
      fail(sequence, e);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "A generation failed", e);
      fail(
          sequence,
          new ProblemException(
              ProblemException.Kind.INTERNAL, "generating failed: " + Reason.of(e), e));
    }
  }

  private void finish(Sequence sequence, FinishReason reason) {
    Slot slot = sequence.slot;
    leave(sequence);
    sequence.finish(reason);
    if (slot != null) {
      slots.keep(sequence, slot);
    }
  }

  private void fail(Sequence sequence, ProblemException problem) {
    leave(sequence);
    sequence.fail(problem);
  }
}
