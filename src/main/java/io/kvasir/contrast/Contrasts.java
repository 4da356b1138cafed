package io.kvasir.contrast;

import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathTrace;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.stream.EventLog;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The use case as its callers see it. */
public interface Contrasts {
  /**
   * A contrast that runs, or ended a short while ago.
   *
   * @param id its id
   * @param events what happened so far and will
   */
  record Running(String id, EventLog<ContrastEvent> events) {}

  /**
   * A chat as the OpenAI-compatible routes ask for it: one path, which is a contrast of its own
   * where it reads documents.
   *
   * @param model the decoder; null for the default
   * @param path how to answer
   * @param collection for rag and attention; null for the default one
   * @param scope the part of the collection
   * @param k the most passages of rag; null for the default
   * @param turns what was said, in any order
   * @param sampling how to choose tokens
   */
  record ChatRequest(
      @Nullable String model,
      AnswerPath path,
      @Nullable String collection,
      Scope scope,
      @Nullable Integer k,
      List<Turn> turns,
      Sampling sampling) {}

  /**
   * What somebody said.
   *
   * @param role {@code system}, {@code user} or {@code assistant}
   * @param text the words
   */
  record Turn(String role, String text) {}

  /**
   * A chat that runs.
   *
   * @param model the decoder that answers
   * @param promptTokens length of its prompt
   * @param events of its generation
   * @param cancel ends it within one token
   * @param grounds what it is answered from; null if from the weights alone
   */
  record Chat(
      String model,
      int promptTokens,
      EventLog<GenerationEvent> events,
      Runnable cancel,
      @Nullable Grounds grounds) {}

  /**
   * What a chat is answered from.
   *
   * @param contrast the id under which its trace is kept
   * @param collection the collection's name
   * @param passages those in its prompt, in the order in which they are read
   */
  record Grounds(String contrast, String collection, List<PathTrace.PassageTrace> passages) {}

  /**
   * How a scope and a budget go together.
   *
   * @param passages how many passages the scope has
   * @param tokens how many tokens those that fit take in a prompt
   * @param fitting how many fit, in document order
   * @param left how many do not
   */
  record Fit(int passages, int tokens, int fitting, int left) {}

  /**
   * Checks the request and starts it.
   *
   * @param allowance what its prompts and answers are taken from
   * @return fails with INVALID, NOT_FOUND, BUSY or UNAVAILABLE, or as the allowance does, before
   *     anything runs
   */
  Future<Running> start(Workspace workspace, ContrastRequest request, TokenAllowance allowance);

  /**
   * Answers a question of an experiment, behind whatever persons wait for, to the end.
   *
   * @param trial of which experiment, whose id the trace is kept with, and how
   * @return the kept trace; fails as {@link #start} does, or with UNAVAILABLE if it was not kept
   */
  Future<Trace> answer(Workspace workspace, Trial trial, ContrastRequest request);

  /** The running contrast of that id, if it runs here or ended within the last seconds. */
  Optional<Running> running(Workspace workspace, String id);

  /** Says that a reader follows the contrast's events. */
  void join(Workspace workspace, String id);

  /** Says that a reader left; without any for 10 s the contrast is cancelled. */
  void leave(Workspace workspace, String id);

  /** Stops a contrast; what came stays. Nothing happens if it ended. */
  void cancel(Workspace workspace, String id);

  /** The trace of a contrast, running or stored. */
  Future<Trace> trace(Workspace workspace, String id);

  /** The ways to answer. */
  Paths paths();

  /** What a contrast may take, and gets where it does not say. */
  ContrastLimits limits();

  /**
   * How much of a scope the attention path would read, before anybody asks.
   *
   * @param model the decoder whose tokens count; null for the default
   * @param budget in tokens; null for the setting's
   */
  Future<Fit> fit(
      Workspace workspace,
      @Nullable String model,
      String collection,
      Scope scope,
      @Nullable Integer budget);

  /**
   * What retrieval finds for a question and what of it would be read, with the code and the
   * settings of a contrast.
   *
   * @param request with the one path rag; a question of no conversation
   * @return fails as {@link #start} does
   */
  Future<Rehearsal> rehearse(Workspace workspace, ContrastRequest request);

  /**
   * Starts a chat.
   *
   * @param allowance what its prompt and answer are taken from
   */
  Future<Chat> chat(Workspace workspace, ChatRequest request, TokenAllowance allowance);
}
