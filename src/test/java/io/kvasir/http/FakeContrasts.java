package io.kvasir.http;

import io.kvasir.contrast.ContrastEvent;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.contrast.ContrastRequest;
import io.kvasir.contrast.ContrastStore;
import io.kvasir.contrast.Contrasts;
import io.kvasir.contrast.Rehearsal;
import io.kvasir.contrast.TokenAllowance;
import io.kvasir.contrast.Trial;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Contrasts and chats whose events the test writes itself, and a history in memory. */
public final class FakeContrasts implements Contrasts, ContrastStore {
  /** The one collection that chats can be asked of, and the default one. */
  static final String COLLECTION = "faq";

  /** The id of every chat's contrast. */
  static final String CONTRAST = "00000000-0000-0000-0000-000000000001";

  final List<ContrastRequest> asked = new CopyOnWriteArrayList<>();
  final List<ChatRequest> chatsAsked = new CopyOnWriteArrayList<>();
  final Map<String, Running> running = new ConcurrentHashMap<>();
  final Map<String, AtomicInteger> readers = new ConcurrentHashMap<>();
  final List<String> cancelled = new CopyOnWriteArrayList<>();
  public final Map<String, Trace> traces = new ConcurrentHashMap<>();
  final AtomicInteger chatsCancelled = new AtomicInteger();
  final List<EventLog<GenerationEvent>> chats = new CopyOnWriteArrayList<>();
  volatile @Nullable RuntimeException refusal;
  volatile int tokens;
  volatile @Nullable List<GenerationEvent> answer;

  @Override
  public Paths paths() {
    return Paths.ALL;
  }

  @Override
  public ContrastLimits limits() {
    return ContrastLimits.DEFAULT;
  }

  @Override
  public Future<Running> start(
      Workspace workspace, ContrastRequest request, TokenAllowance allowance) {
    if (refusal != null) {
      return Future.failedFuture(refusal);
    }
    try {
      allowance.take(tokens);
    } catch (RuntimeException refused) {
      return Future.failedFuture(refused);
    }
    asked.add(request);
    Running run = new Running(UUID.randomUUID().toString(), new EventLog<>());
    running.put(run.id(), run);
    traces.put(run.id(), Samples.trace(run.id(), request.question()));
    run.events().append(new ContrastEvent.Started(traces.get(run.id())));
    return Future.succeededFuture(run);
  }

  /** The one contrast that runs. */
  Running only() {
    return running.values().iterator().next();
  }

  int readersOf(String id) {
    return readers.getOrDefault(id, new AtomicInteger()).get();
  }

  @Override
  public Future<Trace> answer(Workspace workspace, Trial trial, ContrastRequest request) {
    return Future.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public Optional<Running> running(Workspace workspace, String id) {
    return Optional.ofNullable(running.get(id));
  }

  @Override
  public void join(Workspace workspace, String id) {
    readers.computeIfAbsent(id, any -> new AtomicInteger()).incrementAndGet();
  }

  @Override
  public void leave(Workspace workspace, String id) {
    readers.get(id).decrementAndGet();
  }

  @Override
  public void cancel(Workspace workspace, String id) {
    cancelled.add(id);
  }

  @Override
  public Future<Trace> trace(Workspace workspace, String id) {
    return get(Workspace.ONLY, id);
  }

  @Override
  public Future<Fit> fit(
      Workspace workspace,
      @Nullable String model,
      String collection,
      Scope scope,
      @Nullable Integer budget) {
    return Future.succeededFuture(new Fit(3, 4, 2, 1));
  }

  @Override
  public Future<Rehearsal> rehearse(Workspace workspace, ContrastRequest request) {
    return Future.succeededFuture(Samples.REHEARSAL);
  }

  @Override
  public Future<Chat> chat(Workspace workspace, ChatRequest request, TokenAllowance allowance) {
    if (refusal != null) {
      return Future.failedFuture(refusal);
    }
    String collection = request.collection();
    if (collection != null && !collection.equals(COLLECTION)) {
      return missing("none");
    }
    chatsAsked.add(request);
    EventLog<GenerationEvent> log = new EventLog<>();
    chats.add(log);
    List<GenerationEvent> known = answer;
    if (known != null) {
      known.forEach(log::append);
      log.close();
    }
    return Future.succeededFuture(
        new Chat("tiny", 7, log, chatsCancelled::incrementAndGet, grounds(request)));
  }

  private static @Nullable Grounds grounds(ChatRequest request) {
    return request.path().equals(AnswerPath.CLOSED_BOOK)
        ? null
        : new Grounds(CONTRAST, COLLECTION, List.of(Samples.PASSAGE_TRACE));
  }

  @Override
  public Future<Void> save(Workspace workspace, Trace trace, @Nullable String experiment) {
    traces.put(trace.id(), trace);
    return Future.succeededFuture();
  }

  @Override
  public Future<Trace> get(Workspace workspace, String id) {
    Trace trace = traces.get(id);
    return trace == null ? missing(id) : Future.succeededFuture(trace);
  }

  private static <T> Future<T> missing(String id) {
    return Future.failedFuture(
        new ProblemException(ProblemException.Kind.NOT_FOUND, "There is no contrast " + id));
  }

  @Override
  public Future<List<Trace>> conversation(Workspace workspace, String conversation, int limit) {
    return Future.succeededFuture(List.of());
  }

  @Override
  public Future<List<Summary>> list(
      Workspace workspace, @Nullable String search, @Nullable Instant before, int limit) {
    return Future.succeededFuture(
        traces.values().stream()
            .filter(trace -> search == null || trace.question().contains(search))
            .limit(limit)
            .map(
                trace ->
                    new Summary(
                        trace.id(),
                        trace.createdAt(),
                        trace.status(),
                        trace.conversation(),
                        trace.question(),
                        trace.collection(),
                        trace.model().name()))
            .toList());
  }

  @Override
  public Future<Void> delete(Workspace workspace, String id) {
    return traces.remove(id) == null ? missing(id) : Future.succeededFuture();
  }
}
