package io.kvasir.contrast;

import io.kvasir.contrast.Contrasts.Chat;
import io.kvasir.contrast.Contrasts.ChatRequest;
import io.kvasir.contrast.Contrasts.Turn;
import io.kvasir.contrast.PathPlanner.Material;
import io.kvasir.contrast.PromptWriter.Exchange;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.generate.Generation;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.generate.Message;
import io.kvasir.generate.Message.Role;
import io.kvasir.generate.Prompt;
import io.kvasir.observe.AnswerListener;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Starts chats of one path without a trace: nothing is watched, nothing is kept. */
final class ChatStarter {
  private final Generators generators;
  private final MaterialSource materials;
  private final String defaultCollection;
  private final ContrastLimits limits;
  private final Executor worker;
  private final AnswerListener listener;
  private final UnderWay running = new UnderWay();
  private final Map<EventLog<GenerationEvent>, Generation> live = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  ChatStarter(
      Generators generators,
      MaterialSource materials,
      String defaultCollection,
      ContrastLimits limits,
      Executor worker,
      AnswerListener listener) {
    this.listener = listener;
    this.generators = generators;
    this.materials = materials;
    this.defaultCollection = defaultCollection;
    this.limits = limits;
    this.worker = worker;
  }

  Future<Chat> start(ChatRequest request, TokenAllowance allowance) {
    Generator generator;
    try {
      generator = generators.loaded(request.model());
      check(request);
    } catch (ProblemException refused) {
      return Future.failedFuture(refused);
    }
    running.enter(Integer.MAX_VALUE);
    AnswerListener.Asked asked = listener.asked();
    return start(request, generator, asked, allowance)
        .onFailure(
            failure -> {
              asked.ended(Trace.Status.FAILED.toString());
              running.leave();
            });
  }

  private Future<Chat> start(
      ChatRequest request,
      Generator generator,
      AnswerListener.Asked asked,
      TokenAllowance allowance) {
    if (request.path() == AnswerPath.CLOSED_BOOK) {
      return later(
          () -> begin(generator, request, generator.prompt(asGiven(request)), asked, allowance));
    }
    String question = lastTurn(request).text();
    String collection = request.collection();
    return materials
        .gather(
            collection == null ? defaultCollection : collection,
            Scope.ALL,
            List.of(request.path()),
            question,
            MaterialSource.HITS)
        .onSuccess(found -> found.tell(asked))
        .compose(
            found ->
                later(
                    () ->
                        begin(
                            generator,
                            request,
                            planned(generator, request, found),
                            asked,
                            allowance)));
  }

  private void check(ChatRequest request) {
    if (request.turns().isEmpty() || !lastTurn(request).role().equals("user")) {
      throw new ProblemException(Kind.INVALID, "messages must end with one of the user");
    }
    if (request.path() != AnswerPath.CLOSED_BOOK) {
      RequestCheck.checkQuestion(lastTurn(request).text(), limits);
    }
    RequestCheck.range("max_tokens", request.sampling().maxTokens(), limits.maxTokens());
  }

  private static Turn lastTurn(ChatRequest request) {
    return request.turns().get(request.turns().size() - 1);
  }

  private <T> Future<T> later(java.util.function.Supplier<T> work) {
    return Future.fromCompletionStage(CompletableFuture.supplyAsync(work, worker))
        .recover(
            failure -> {
              Throwable cause = failure.getCause();
              return Future.failedFuture(cause == null ? failure : cause);
            });
  }

  private static List<Message> asGiven(ChatRequest request) {
    return request.turns().stream()
        .map(
            turn -> {
              Role role = Role.valueOf(turn.role().toUpperCase(Locale.ROOT));
              PromptPart.Kind kind =
                  switch (role) {
                    case SYSTEM -> PromptPart.Kind.INSTRUCTION;
                    case USER -> PromptPart.Kind.QUESTION;
                    case ASSISTANT -> PromptPart.Kind.ANSWER;
                  };
              return Message.of(role, kind, turn.text());
            })
        .toList();
  }

  private Prompt planned(Generator generator, ChatRequest request, MaterialSource.Found found) {
    Material material =
        new Material(
            lastTurn(request).text(),
            found.language(),
            exchanges(request.turns()),
            found.hits(),
            found.scoped(),
            found.scopeSize(),
            limits.k(),
            limits.budget(),
            limits.historyBudget(),
            request.sampling().maxTokens());
    return new PathPlanner(generator).plan(request.path(), material).prompt();
  }

  private static List<Exchange> exchanges(List<Turn> turns) {
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i + 1 < turns.size(); i++) {
      if (turns.get(i).role().equals("user") && turns.get(i + 1).role().equals("assistant")) {
        exchanges.add(new Exchange(turns.get(i).text(), turns.get(i + 1).text()));
      }
    }
    return exchanges;
  }

  /** Cancels every chat, and those that are still on their way in. */
  void stop() {
    stopping = true;
    live.values().forEach(Generation::cancel);
  }

  /** Completes when no chat runs. */
  Future<Void> idle() {
    return running.idle();
  }

  private Chat begin(
      Generator generator,
      ChatRequest request,
      Prompt prompt,
      AnswerListener.Asked asked,
      TokenAllowance allowance) {
    int most = request.sampling().maxTokens();
    allowance.take(prompt.ids().length + most);
    EventLog<GenerationEvent> log = new EventLog<>();
    String model = generator.description().name();
    Consumer<GenerationEvent> watched =
        asked.answering(AnswerListener.CHAT, model, prompt.ids().length);
    Consumer<GenerationEvent> sink =
        event -> {
          watched.accept(event);
          log.append(event);
          if (event instanceof GenerationEvent.Finished
              || event instanceof GenerationEvent.Failed) {
            allowance.giveBack(most - tokens(log));
            log.close();
            asked.ended(status(event).toString());
            live.remove(log);
            running.leave();
          }
        };
    Generation generation;
    try {
      generation =
          generator
              .start(
                  List.of(new GenerationRequest(prompt, request.sampling(), false)), List.of(sink))
              .get(0);
    } catch (RuntimeException refused) {
      allowance.giveBack(prompt.ids().length + most);
      throw refused;
    }
    live.put(log, generation);
    if (log.endsAt(log.size())) {
      live.remove(log);
    }
    if (stopping) {
      generation.cancel();
    }
    return new Chat(model, prompt.ids().length, log, generation::cancel);
  }

  /** How many tokens came. */
  private static int tokens(EventLog<GenerationEvent> log) {
    int tokens = 0;
    for (int index = 0; index < log.size(); index++) {
      tokens += log.get(index) instanceof GenerationEvent.Token ? 1 : 0;
    }
    return tokens;
  }

  private static Trace.Status status(GenerationEvent end) {
    if (end instanceof GenerationEvent.Finished finished) {
      return finished.reason() == GenerationEvent.FinishReason.CANCELLED
          ? Trace.Status.CANCELLED
          : Trace.Status.COMPLETE;
    }
    return Trace.Status.FAILED;
  }
}
