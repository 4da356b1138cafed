package io.kvasir.decoders;

import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.DecoderAnswers;
import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.models.CatalogueEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads and unloads decoders, each in a verticle of its own. Safe to use from any thread; never
 * blocks its caller.
 */
public final class ModelHost implements Generators {
  private static final System.Logger LOG = System.getLogger(ModelHost.class.getName());

  private static final DecoderAnswers UNKNOWN =
      new DecoderAnswers(DecoderAnswers.Source.SAFE, AnswerDefaults.SAFE);

  private final Vertx vertx;
  private final DecoderFiles files;
  private final DecoderLoader loader;
  private final DecoderMemory memory;
  private final LongSupplier freeMemory;
  private final String standard;
  private final Map<String, CatalogueEntry> entries = new ConcurrentHashMap<>();
  private final Map<String, Residency> residencies = new ConcurrentHashMap<>();
  private final Map<String, DecoderAnswers> answers = new ConcurrentHashMap<>();
  // Those that the disk has no room for.
  private final Set<String> cramped = ConcurrentHashMap.newKeySet();

  /**
   * A host with nothing loaded. Reads the list of decoders from disk: call it on a worker thread.
   *
   * @param vertx where the verticles go
   * @param files the decoders as files
   * @param loader opens a model folder
   * @param memory what a decoder takes
   * @param freeMemory bytes that are free on this machine
   * @param standard the decoder that answers when nobody names one
   */
  public ModelHost(
      Vertx vertx,
      DecoderFiles files,
      DecoderLoader loader,
      DecoderMemory memory,
      LongSupplier freeMemory,
      String standard) {
    this.vertx = vertx;
    this.files = files;
    this.loader = loader;
    this.memory = memory;
    this.freeMemory = freeMemory;
    this.standard = standard;
    lookOnDisk();
    entry(standard);
  }

  private void lookOnDisk() {
    for (CatalogueEntry entry : files.entries()) {
      entries.put(entry.name(), entry);
      answers.put(entry.name(), files.answers(entry));
      if (files.hasRoom(entry.name())) {
        cramped.remove(entry.name());
      } else {
        cramped.add(entry.name());
      }
      residencies.compute(
          entry.name(),
          (name, now) ->
              now == null || now.restsOnDisk()
                  ? Residency.of(files.installed(name) ? State.INSTALLED : State.AVAILABLE)
                  : now);
    }
  }

  @Override
  public List<Status> list() {
    return entries.values().stream()
        .map(this::status)
        .sorted(Comparator.comparing((Status s) -> !s.isDefault()).thenComparing(Status::name))
        .toList();
  }

  @Override
  public CompletionStage<List<Status>> refreshed() {
    return vertx
        .executeBlocking(
            () -> {
              lookOnDisk();
              return list();
            },
            false)
        .toCompletionStage();
  }

  @Override
  public Generator loaded(@Nullable String name) {
    CatalogueEntry entry = entry(name == null ? standard : name);
    Residency residency = residency(entry);
    Generator generator = residency.generator();
    if (generator == null && residency.state() == State.FAILED) {
      throw new ProblemException(
          Kind.CONFLICT, "%s could not be loaded: %s".formatted(entry.name(), residency.message()));
    }
    if (generator == null) {
      throw new ProblemException(
          Kind.UNAVAILABLE,
          "%s is %s, not loaded; load it on the page Models or with POST /api/models/%s/load"
              .formatted(entry.name(), residency.state(), entry.name()));
    }
    return generator;
  }

  @Override
  public CompletionStage<Status> load(String name) {
    return begin(name, State.LOADING, this::deploy).toCompletionStage();
  }

  @Override
  public CompletionStage<Status> pull(String name) {
    return begin(name, State.PULLING, this::fetch).toCompletionStage();
  }

  @Override
  public CompletionStage<Status> unload(String name) {
    return withdraw(name).toCompletionStage();
  }

  @Override
  public AnswerDefaults answers(String name) {
    return answers(entry(name)).defaults();
  }

  private DecoderAnswers answers(CatalogueEntry entry) {
    return answers.getOrDefault(entry.name(), UNKNOWN);
  }

  @Override
  public CompletionStage<Status> keepAnswers(String name, AnswerDefaults measured, String how) {
    return vertx
        .executeBlocking(
            () -> {
              CatalogueEntry entry = entry(name);
              files.keepAnswers(entry, measured, how);
              answers.put(name, files.answers(entry));
              return status(entry);
            },
            false)
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Importing> importFile(Path file, String name) {
    return vertx
        .executeBlocking(() -> files.describe(file, name), false)
        .compose(
            described -> {
              CatalogueEntry known = entries.putIfAbsent(described.name(), described);
              // One that was never taken in whole, since that failed, has no checksum either.
              if (known != null && !known.sha256().equals(described.sha256())) {
                return Future.failedFuture(
                    new ProblemException(
                        Kind.CONFLICT,
                        "there is a decoder %s already; give the file another name"
                            .formatted(described.name())));
              }
              Future<Status> end =
                  begin(described.name(), State.PULLING, entry -> take(file, entry));
              return Future.succeededFuture(
                  new Importing(described.name(), end.toCompletionStage()));
            })
        .toCompletionStage();
  }

  /** One that is recognised is known by the name it has already. */
  private Future<Residency> take(Path file, CatalogueEntry described) {
    return vertx.executeBlocking(
        () -> {
          CatalogueEntry taken =
              files.take(file, described.name(), done -> report(described, State.PULLING, done));
          if (!taken.name().equals(described.name())) {
            entries.remove(described.name());
          }
          lookOnDisk();
          return Residency.of(State.INSTALLED);
        },
        false);
  }

  @Override
  public long freeMemory() {
    return freeMemory.getAsLong();
  }

  private interface Step {
    Future<Residency> run(CatalogueEntry entry);
  }

  private Future<Status> begin(String name, State state, Step step) {
    CatalogueEntry entry;
    try {
      entry = entry(name);
      if (residency(entry).state() == State.LOADED) {
        return Future.succeededFuture(status(entry));
      }
      claim(entry, state);
    } catch (ProblemException refused) {
      return Future.failedFuture(refused);
    }
    return step.run(entry)
        .onSuccess(residency -> residencies.put(name, residency))
        .onFailure(
            failure -> {
              LOG.log(System.Logger.Level.WARNING, name + ": " + state + " failed", failure);
              residencies.put(name, Residency.failed(Reason.of(failure)));
            })
        .map(residency -> status(entry));
  }

  /** Marks the step as running; two steps of one decoder never run at a time. */
  private void claim(CatalogueEntry entry, State state) {
    residencies.compute(
        entry.name(),
        (name, now) -> {
          if (now != null && now.busy()) {
            throw new ProblemException(
                Kind.CONFLICT, "%s is %s already".formatted(name, now.state()));
          }
          if (state == State.LOADING) {
            checkMemory(entry);
          }
          return Residency.step(state, 0);
        });
  }

  private void checkMemory(CatalogueEntry entry) {
    long free = freeMemory.getAsLong();
    long needed = memory.applyAsLong(entry);
    if (needed > free) {
      throw new ProblemException(
          Kind.CONFLICT,
          "%s needs about %,d MB of memory (%,d MB of it for keys and values) and %,d MB are free; unload another decoder first, or lower engine.slots or engine.context"
              .formatted(
                  entry.name(), needed >> 20, memory.keysAndValues(entry) >> 20, free >> 20));
    }
  }

  private Future<Residency> deploy(CatalogueEntry entry) {
    ModelVerticle verticle =
        new ModelVerticle(
            () ->
                loader.load(
                    files.prepare(entry.name(), done -> report(entry, State.LOADING, done))));
    return vertx
        .deployVerticle(verticle)
        .map(deployment -> Residency.loaded(deployment, verticle.generator()));
  }

  private Future<Residency> fetch(CatalogueEntry entry) {
    return vertx.executeBlocking(
        () -> {
          files.pull(entry.name(), done -> report(entry, State.PULLING, done));
          return Residency.of(State.INSTALLED);
        },
        false);
  }

  private void report(CatalogueEntry entry, State state, double done) {
    residencies.computeIfPresent(
        entry.name(), (name, now) -> now.state() == state ? Residency.step(state, done) : now);
  }

  private Future<Status> withdraw(String name) {
    CatalogueEntry entry;
    Residency residency;
    try {
      entry = entry(name);
      residency = residency(entry);
    } catch (ProblemException refused) {
      return Future.failedFuture(refused);
    }
    String deployment = residency.deployment();
    if (deployment == null
        || !residencies.replace(name, residency, Residency.of(State.INSTALLED))) {
      return Future.succeededFuture(status(entry));
    }
    return vertx.undeploy(deployment).map(done -> status(entry));
  }

  private CatalogueEntry entry(String name) {
    CatalogueEntry entry = entries.get(name);
    if (entry == null) {
      throw new ProblemException(
          Kind.NOT_FOUND,
          "there is no decoder \"%s\"%s (there are: %s)"
              .formatted(
                  name,
                  NearestName.hint(name, entries.keySet()),
                  String.join(", ", entries.keySet())));
    }
    return entry;
  }

  private Residency residency(CatalogueEntry entry) {
    return residencies.getOrDefault(entry.name(), Residency.of(State.AVAILABLE));
  }

  private @Nullable Lack lack(CatalogueEntry entry, Residency residency) {
    State state = residency.state();
    if (state == State.LOADED || state == State.LOADING) {
      return null;
    }
    if (memory.applyAsLong(entry) > freeMemory.getAsLong()) {
      return Lack.MEMORY;
    }
    return state == State.AVAILABLE && cramped.contains(entry.name()) ? Lack.DISK : null;
  }

  private Status status(CatalogueEntry entry) {
    Residency residency = residency(entry);
    return new Status(
        entry.name(),
        entry.title(),
        entry.languages(),
        entry.licence(),
        entry.bytes(),
        memory.applyAsLong(entry),
        entry.context(),
        residency.state(),
        residency.progress(),
        residency.message(),
        lack(entry, residency),
        entry.name().equals(standard),
        answers(entry));
  }
}
