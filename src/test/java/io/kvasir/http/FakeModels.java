package io.kvasir.http;

import io.kvasir.attend.MassProbe;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AttentionLayer;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.DecoderAnswers;
import io.kvasir.core.ProblemException;
import io.kvasir.encode.Encoder;
import io.kvasir.generate.Generation;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.generate.Message;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.ReadingRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One loaded decoder that only counts words, one that is not here, and one encoder. */
final class FakeModels implements Generators {
  volatile @Nullable CompletableFuture<Status> slowPull;

  @Override
  public List<Status> list() {
    return List.of(status("tiny", State.LOADED, true), status("big", State.AVAILABLE, false));
  }

  @Override
  public CompletionStage<List<Status>> refreshed() {
    return CompletableFuture.completedStage(list());
  }

  private static Status status(String name, State state, boolean isDefault) {
    return new Status(
        name,
        name,
        List.of("en"),
        "Apache-2.0",
        10,
        20,
        4096,
        state,
        null,
        null,
        null,
        isDefault,
        new DecoderAnswers(DecoderAnswers.Source.SAFE, AnswerDefaults.SAFE));
  }

  @Override
  public Generator loaded(@Nullable String name) {
    if (name != null && !name.equals("tiny")) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE, "The model " + name + " is not loaded.");
    }
    return new WordCounter();
  }

  @Override
  public CompletionStage<Status> load(String name) {
    return name.equals("tiny")
        ? CompletableFuture.completedStage(status(name, State.LOADED, true))
        : CompletableFuture.failedStage(
            new ProblemException(
                ProblemException.Kind.CONFLICT, "The model big would not fit into memory."));
  }

  @Override
  public CompletionStage<Status> unload(String name) {
    return CompletableFuture.completedStage(status(name, State.INSTALLED, true));
  }

  @Override
  public CompletionStage<Status> pull(String name) {
    CompletableFuture<Status> slow = slowPull;
    return slow == null
        ? CompletableFuture.completedStage(status(name, State.INSTALLED, false))
        : slow;
  }

  /** The names of the files that were imported. */
  final List<String> imported = new CopyOnWriteArrayList<>();

  @Override
  public CompletionStage<Importing> importFile(Path file, String name) {
    imported.add(name);
    return CompletableFuture.completedStage(
        new Importing(
            "mine", CompletableFuture.completedStage(status("mine", State.INSTALLED, false))));
  }

  @Override
  public long freeMemory() {
    return 5_000;
  }

  @Override
  public AnswerDefaults answers(String name) {
    return AnswerDefaults.SAFE;
  }

  @Override
  public CompletionStage<Status> keepAnswers(String name, AnswerDefaults answers, String measured) {
    return CompletableFuture.completedStage(status(name, State.LOADED, true));
  }

  /** Knows nothing but how many words a text has. */
  private static final class WordCounter implements Generator {
    @Override
    public Generator.Description description() {
      return new Generator.Description(
          "tiny",
          new Generator.Weights("abc", "float32", "1", AttentionPrecision.FLOAT32),
          4096,
          new MassProbe.Geometry(2, 1, 4, AttentionLayer.alike(2, 10_000, 4)),
          List.of(0, 1),
          List.of(),
          List.of("en"));
    }

    @Override
    public Unread unread(int[] ids) {
      return new Unread(ids.length, Double.POSITIVE_INFINITY);
    }

    @Override
    public Load load() {
      return Load.IDLE;
    }

    @Override
    public int countTokens(String text) {
      return text.split(" ").length;
    }

    @Override
    public int[] tokens(String text) {
      throw new UnsupportedOperationException("the server needs no token ids");
    }

    @Override
    public List<String> pieces(int[] ids) {
      throw new UnsupportedOperationException("the server spells no tokens");
    }

    @Override
    public CompletableFuture<double[]> read(ReadingRequest request) {
      throw new UnsupportedOperationException("the server reads nothing");
    }

    @Override
    public Prompt prompt(List<Message> messages) {
      throw new UnsupportedOperationException("the server makes no prompts");
    }

    @Override
    public List<Generation> start(
        List<GenerationRequest> requests, List<? extends Consumer<GenerationEvent>> sinks) {
      throw new UnsupportedOperationException("the server starts no generations");
    }
  }

  /** Encodes a text as its length and three constants. */
  static final class LengthEncoder implements Encoder {
    @Override
    public Encoder.Description description() {
      return new Encoder.Description("tiny-encoder", 4, 16, List.of("en"), 0.4);
    }

    @Override
    public int countTokens(String text) {
      return text.split(" ").length;
    }

    @Override
    public CompletionStage<float[]> encodeQuestion(String question) {
      return CompletableFuture.completedStage(vector(question));
    }

    @Override
    public CompletionStage<List<float[]>> encodePassages(List<String> texts) {
      return CompletableFuture.completedStage(texts.stream().map(LengthEncoder::vector).toList());
    }

    private static float[] vector(String text) {
      return new float[] {text.length(), 0.5f, -0.25f, 1e-7f};
    }

    @Override
    public int vocabulary() {
      return 100;
    }

    /** As long as it has tokens. */
    @Override
    public CompletionStage<List<float[]>> encodeTokens(List<int[]> tokens) {
      return encodePassages(tokens.stream().map(each -> "x".repeat(each.length)).toList());
    }

    @Override
    public void close() {}
  }
}
