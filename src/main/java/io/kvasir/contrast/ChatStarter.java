package io.kvasir.contrast;

import io.kvasir.contrast.Contrasts.Chat;
import io.kvasir.contrast.Contrasts.ChatRequest;
import io.kvasir.contrast.PromptWriter.Exchange;
import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
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
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Starts chats that the weights alone answer: nothing is watched, nothing is kept. */
final class ChatStarter {
  private final Generators generators;
  private final ContrastLimits limits;
  private final Executor worker;
  private final AnswerListener listener;
  private final UnderWay running = new UnderWay();
  private final Map<EventLog<GenerationEvent>, Generation> live = new ConcurrentHashMap<>();
  private volatile boolean stopping;

  ChatStarter(
      Generators generators, ContrastLimits limits, Executor worker, AnswerListener listener) {
    this.listener = listener;
    this.generators = generators;
    this.limits = limits;
    this.worker = worker;
  }

  Future<Chat> start(ChatRequest request, Dialogue said, TokenAllowance allowance) {
    Generator generator;
    try {
      generator = generators.loaded(request.model());
      RequestCheck.range("max_tokens", request.sampling().maxTokens(), limits.maxTokens());
    } catch (ProblemException refused) {
      return Future.failedFuture(refused);
    }
    return running.enter(() -> start(generator, request, said, allowance));
  }

  private Future<Chat> start(
      Generator generator, ChatRequest request, Dialogue said, TokenAllowance allowance) {
    AnswerListener.Asked asked = listener.asked();
    return Future.fromCompletionStage(
            CompletableFuture.supplyAsync(
                () -> begin(generator, request, generator.prompt(messages(said)), asked, allowance),
                worker))
        .onFailure(failure -> asked.ended(Trace.Status.FAILED));
  }

  /** What was said as it was said, without a word of ours. */
  private static List<Message> messages(Dialogue said) {
    List<Message> messages = new ArrayList<>();
    if (!said.instructions().isEmpty()) {
      messages.add(Message.of(Role.SYSTEM, PromptPart.Kind.INSTRUCTION, said.instructions()));
    }
    for (Exchange exchange : said.history()) {
      messages.add(Message.of(Role.USER, PromptPart.Kind.QUESTION, exchange.question()));
      messages.add(Message.of(Role.ASSISTANT, PromptPart.Kind.ANSWER, exchange.answer()));
    }
    messages.add(Message.of(Role.USER, PromptPart.Kind.QUESTION, said.question()));
    if (!said.opening().isEmpty()) {
      messages.add(Message.of(Role.ASSISTANT, PromptPart.Kind.ANSWER, said.opening()));
    }
    return messages;
  }

  /** Keeps an event of a chat for its reader; nothing follows the last one. */
  static void record(GenerationEvent event, EventLog<GenerationEvent> log) {
    log.append(event);
    if (isLast(event)) {
      log.close();
    }
  }

  private static boolean isLast(GenerationEvent event) {
    return event instanceof GenerationEvent.Finished || event instanceof GenerationEvent.Failed;
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
    EventLog<GenerationEvent> log = new EventLog<>();
    String model = generator.description().name();
    Consumer<GenerationEvent> watched = asked.chatting(model, prompt.ids().length);
    Consumer<GenerationEvent> sink =
        event -> {
          watched.accept(event);
          if (isLast(event)) {
            allowance.giveBack(request.sampling().maxTokens() - tokens(log));
          }
          record(event, log);
          if (isLast(event)) {
            asked.ended(status(event));
            live.remove(log);
            running.leave();
          }
        };
    Generation generation =
        Launch.start(
                generator,
                List.of(new GenerationRequest(prompt, request.sampling(), false)),
                List.of(sink),
                allowance)
            .get(0);
    live.put(log, generation);
    if (log.endsAt(log.size())) {
      live.remove(log);
    }
    if (stopping) {
      generation.cancel();
    }
    return new Chat(model, prompt.ids().length, log, generation::cancel, null);
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
