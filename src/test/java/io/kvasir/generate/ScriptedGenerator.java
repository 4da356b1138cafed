package io.kvasir.generate;

import io.kvasir.attend.MassProbe;
import io.kvasir.core.AttentionLayer;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A generator that needs no weights: a character is a token, the answer is given by the test, and
 * nothing comes until the test says so. Attention is spread evenly over the prompt and the answer.
 */
public final class ScriptedGenerator implements Generator {
  private final int context;
  private final String answer;
  private final List<Scripted> waiting = new ArrayList<>();
  private boolean full;
  private String started = "";

  private int remembered;
  private double secondsPerToken = Double.POSITIVE_INFINITY;

  /** A generator that answers each prompt with the same words. */
  public ScriptedGenerator(int context, String answer) {
    this.context = context;
    this.answer = answer;
  }

  /** What it says it would have to read. */
  public void reads(int alreadyRemembered, double eachTokenSeconds) {
    remembered = alreadyRemembered;
    secondsPerToken = eachTokenSeconds;
  }

  /** Makes the next start fail with BUSY. */
  public void refuse() {
    full = true;
  }

  /** How many generations wait for {@link #run()}. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /** The prompt of what was started last. */
  public synchronized String lastPrompt() {
    return started;
  }

  /** Runs everything that was started to its end. */
  public void run() {
    List<Scripted> ready;
    synchronized (this) {
      ready = List.copyOf(waiting);
      waiting.clear();
    }
    ready.forEach(Scripted::run);
  }

  @Override
  public Description description() {
    return new Description(
        "scripted",
        new Weights("0".repeat(64), "float32", "1", AttentionPrecision.FLOAT32),
        context,
        new MassProbe.Geometry(2, 1, 4, AttentionLayer.alike(2, 10_000, 4)),
        List.of(1),
        List.of(),
        List.of("en"));
  }

  @Override
  public Unread unread(int[] ids) {
    int tokens = Math.max(0, ids.length - remembered);
    return new Unread(tokens, tokens * secondsPerToken);
  }

  @Override
  public Load load() {
    return Load.IDLE;
  }

  @Override
  public int countTokens(String text) {
    return text.length();
  }

  @Override
  public int[] tokens(String text) {
    return text.chars().toArray();
  }

  @Override
  public List<String> pieces(int[] ids) {
    return Arrays.stream(ids).mapToObj(Character::toString).toList();
  }

  /** Every token is worth the same; nothing is observed. */
  @Override
  public CompletableFuture<double[]> read(ReadingRequest request) {
    double[] logprobs = new double[request.expected().length];
    Arrays.fill(logprobs, -1);
    return CompletableFuture.completedFuture(logprobs);
  }

  @Override
  public Prompt prompt(List<Message> messages) {
    List<PromptPart> parts = new ArrayList<>();
    parts.add(new PromptPart(PromptPart.Kind.SINK, 1, null));
    StringBuilder text = new StringBuilder("^");
    for (Message message : messages) {
      for (Message.Segment segment : message.segments()) {
        parts.add(new PromptPart(segment.kind(), segment.text().length(), segment.passageId()));
        text.append(segment.text());
      }
    }
    return new Prompt(text.chars().toArray(), text.toString(), parts);
  }

  @Override
  public List<Generation> start(
      List<GenerationRequest> requests, List<? extends Consumer<GenerationEvent>> sinks) {
    if (full) {
      throw new ProblemException(ProblemException.Kind.BUSY, "the queue is full");
    }
    if (requests.stream().anyMatch(request -> request.prompt().ids().length >= context)) {
      throw new ProblemException(ProblemException.Kind.TOO_LONG, "the prompt is too long");
    }
    List<Generation> handles = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      Scripted scripted = new Scripted(requests.get(i), sinks.get(i));
      synchronized (this) {
        waiting.add(scripted);
        started = requests.get(i).prompt().text();
      }
      handles.add(scripted);
    }
    return handles;
  }

  private final class Scripted implements Generation {
    private final GenerationRequest request;
    private final Consumer<GenerationEvent> sink;
    private final AtomicBoolean ended = new AtomicBoolean();

    Scripted(GenerationRequest request, Consumer<GenerationEvent> sink) {
      this.request = request;
      this.sink = sink;
    }

    void run() {
      int length = request.prompt().ids().length;
      sink.accept(new GenerationEvent.Prefill(length, length, 0, 0));
      int[] opening = request.opening();
      for (int i = 0; i < opening.length + answer.length(); i++) {
        int token = i < opening.length ? opening[i] : answer.charAt(i - opening.length);
        sink.accept(
            new GenerationEvent.Token(token, Character.toString(token), -1, mass(length + i)));
      }
      end(GenerationEvent.FinishReason.STOP);
    }

    private float[] mass(int positions) {
      if (!request.watch()) {
        return new float[0];
      }
      List<PromptPart> parts = request.prompt().parts();
      float[] mass = new float[parts.size() + 1];
      float left = 1;
      for (int i = 0; i < parts.size(); i++) {
        mass[i] = (float) parts.get(i).tokens() / positions;
        left -= mass[i];
      }
      mass[parts.size()] = left;
      return mass;
    }

    private void end(GenerationEvent.FinishReason reason) {
      if (ended.compareAndSet(false, true)) {
        sink.accept(new GenerationEvent.Finished(reason, "", 0, 1));
      }
    }

    @Override
    public void cancel() {
      end(GenerationEvent.FinishReason.CANCELLED);
    }
  }
}
