package io.kvasir.evidence;

import io.kvasir.contrast.ContrastStore;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathEvidence;
import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.memory.PassageMemory;
import io.kvasir.memory.RememberingGenerator;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Finds the evidence of stored contrasts with the decoder that answered them. Safe to use from any
 * thread; never blocks its caller.
 */
public final class EvidenceService implements Evidence {
  private static final System.Logger LOG = System.getLogger(EvidenceService.class.getName());

  private final ContrastStore store;
  private final Generators generators;
  private final PassageMemory memory;
  private final EvidenceLimits limits;
  private final Executor worker;
  private final Map<String, EvidenceRun> runs = new ConcurrentHashMap<>();

  /**
   * A service.
   *
   * @param store where traces are kept
   * @param generators the decoders
   * @param memory has what answers from memory came from
   * @param limits what it may take
   * @param worker its threads wait for decoders; more of them than measurements may run
   */
  public EvidenceService(
      ContrastStore store,
      Generators generators,
      PassageMemory memory,
      EvidenceLimits limits,
      Executor worker) {
    this.store = store;
    this.memory = memory;
    this.generators = generators;
    this.limits = limits;
    this.worker = worker;
  }

  @Override
  public Future<AttentionView> attention(
      Workspace workspace, String contrast, AttentionQuestion question) {
    return found(
        workspace,
        contrast,
        question.path(),
        (trace, generator) -> {
          AttentionReader reader =
              new AttentionReader(
                  generator,
                  WrittenAnswer.of(trace, question.path()),
                  question,
                  limits.positions());
          reader.read().join();
          return reader.view();
        });
  }

  @Override
  public Future<NextTokens> nextTokens(Workspace workspace, String contrast, AnswerPath path) {
    return found(
        workspace,
        contrast,
        path,
        (trace, generator) -> {
          WrittenAnswer written = WrittenAnswer.of(trace, path);
          NextTokenReader reader =
              new NextTokenReader(generator, path, written, limits.candidates());
          return reader.view(reader.read().join());
        });
  }

  @Override
  public Future<List<PromptSentence>> sentences(
      Workspace workspace, String contrast, AnswerPath path) {
    return found(
        workspace,
        contrast,
        path,
        (trace, generator) -> {
          WrittenAnswer written = WrittenAnswer.of(trace, path);
          return PromptSentence.of(written.parts(), generator.pieces(written.prompt()));
        });
  }

  @Override
  public Future<AnswerWithout> without(
      Workspace workspace, String contrast, AnswerPath path, List<AnswerWithout.Stretch> left) {
    return found(
        workspace,
        contrast,
        path,
        (trace, generator) ->
            new SentenceAblation(generator, path, WrittenAnswer.of(trace, path), left)
                .run(trace.sampling()));
  }

  private <T> Future<T> found(
      Workspace workspace, String contrast, AnswerPath path, BiFunction<Trace, Generator, T> work) {
    return store
        .get(workspace, contrast)
        .compose(
            trace ->
                later(
                    () -> {
                      try (Decoder decoder = decoder(workspace, trace, path)) {
                        return work.apply(trace, decoder.generator());
                      }
                    }));
  }

  /** A decoder, and what it holds for as long as it is looked with. */
  private record Decoder(Generator generator, Runnable released) implements AutoCloseable {
    @Override
    public void close() {
      released.run();
    }
  }

  private Decoder decoder(Workspace workspace, Trace trace, AnswerPath path) {
    Generator generator = generator(trace);
    String collection = trace.collection();
    PathTrace.PromptTrace prompt = trace.path(path).map(PathTrace::prompt).orElse(null);
    PathTrace.Stored stored = prompt == null ? null : prompt.stored();
    if (prompt == null || collection == null || stored == null || stored.placed() == null) {
      return new Decoder(generator, () -> {});
    }
    RememberingGenerator again =
        memory.again(
            workspace, collection, generator, prompt.ids(), prompt.parts(), stored.placed());
    return new Decoder(again, again::close);
  }

  @Override
  public Future<EventLog<EvidenceEvent>> measure(
      Workspace workspace, String contrast, AnswerPath path, int masks) {
    if (masks < 0 || masks > limits.masks()) {
      return Future.failedFuture(
          new ProblemException(
              Kind.INVALID,
              "masks is %d; it can be 0 to %d (evidence.masks)".formatted(masks, limits.masks())));
    }
    return store
        .get(workspace, contrast)
        .compose(
            trace ->
                later(
                    () -> {
                      EvidenceRun run = enter(workspace, trace, path, masks);
                      return run.log();
                    }));
  }

  /** Joins the run of the same, or begins one. */
  private synchronized EvidenceRun enter(
      Workspace workspace, Trace trace, AnswerPath path, int masks) {
    EvidenceRun running = runs.get(trace.id());
    if (running != null) {
      if (running.sameAs(path, masks)) {
        return running;
      }
      throw new ProblemException(
          Kind.CONFLICT,
          "the evidence of %s is being measured already; cancel that, or wait for its end"
              .formatted(running.path()));
    }
    if (runs.size() >= limits.running()) {
      throw new ProblemException(
          Kind.BUSY,
          "%d measurements of evidence are running, which is the limit (evidence.running); try again in a moment"
              .formatted(runs.size()));
    }
    EvidenceRun run = begin(workspace, trace, path, masks);
    runs.put(trace.id(), run);
    worker.execute(() -> measure(workspace, trace.id(), run));
    return run;
  }

  private EvidenceRun begin(Workspace workspace, Trace trace, AnswerPath path, int masks) {
    WrittenAnswer written = WrittenAnswer.of(trace, path);
    if (written.passages().isEmpty()) {
      throw new ProblemException(
          Kind.CONFLICT,
          "the path %s had no passages in its prompt, so none can be left out".formatted(path));
    }
    Decoder decoder = decoder(workspace, trace, path);
    return new EvidenceRun(
        workspace,
        path,
        masks,
        new EvidenceMeasurement(decoder.generator(), written, masks),
        trace.paths(),
        decoder::close);
  }

  /** The decoder that answered; with other weights, the numbers would be about something else. */
  private Generator generator(Trace trace) {
    Generator generator = generators.loaded(trace.model().name());
    Generator.Description now = generator.description();
    if (!now.checksum().equals(trace.model().checksum())
        || !now.format().equals(trace.model().format())) {
      throw new ProblemException(
          Kind.CONFLICT,
          "%s has other weights or another precision now than when it answered this; ask the question again"
              .formatted(now.name()));
    }
    return generator;
  }

  private void measure(Workspace workspace, String contrast, EvidenceRun run) {
    try {
      PathEvidence found = run.run();
      if (found == null) {
        runs.remove(contrast);
        return;
      }
      store
          .get(workspace, contrast)
          .compose(trace -> store.save(workspace, trace.with(run.path(), found)))
          .onComplete(
              saved -> {
                runs.remove(contrast);
                if (saved.succeeded()) {
                  run.found(found);
                } else {
                  LOG.log(
                      System.Logger.Level.WARNING,
                      "keeping the evidence of " + contrast,
                      saved.cause());
                  run.end(EvidenceEvent.Status.FAILED, Reason.of(saved.cause()));
                }
              });
    } catch (RuntimeException defect) {
      LOG.log(System.Logger.Level.ERROR, "measuring the evidence of " + contrast, defect);
      runs.remove(contrast);
      run.end(EvidenceEvent.Status.FAILED, "measuring failed: " + Reason.of(defect));
    } finally {
      run.release();
    }
  }

  @Override
  public void cancel(Workspace workspace, String contrast) {
    EvidenceRun run = runs.get(contrast);
    if (run != null && run.workspace().equals(workspace)) {
      run.cancel();
    }
  }

  @Override
  public EvidenceLimits limits() {
    return limits;
  }

  /** Stops every measurement. */
  public void cancelAll() {
    runs.values().forEach(EvidenceRun::cancel);
  }

  private <T> Future<T> later(Supplier<T> work) {
    return Future.fromCompletionStage(CompletableFuture.supplyAsync(work, worker))
        .recover(failure -> Future.failedFuture(unwrapped(failure)));
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? unwrapped(cause) : failure;
  }
}
