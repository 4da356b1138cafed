package io.kvasir.contrast;

import io.kvasir.core.PathTrace;
import io.kvasir.core.PathTrace.Attended;
import io.kvasir.core.PathTrace.PassageTrace;
import io.kvasir.core.PathTrace.PromptTrace;
import io.kvasir.core.PathTrace.Timings;
import io.kvasir.core.PathTrace.TokenTrace;
import io.kvasir.core.PromptPart;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.stream.EventLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of one path's generation into the contrast's events and the path's trace. Events
 * come on the inference thread; the trace can be read from any.
 */
final class PathRecorder implements Consumer<GenerationEvent> {
  private final PathPlan plan;
  private final EventLog<ContrastEvent> log;
  private final long startedNanos;
  private final @Nullable Double retrievalMs;
  private final Runnable ended;

  private final List<TokenTrace> tokens = new ArrayList<>();
  private final StringBuilder answer = new StringBuilder();
  private final double[] massSums;
  private int watched;
  private int cachedTokens;
  private PathTrace.@Nullable Stored stored;
  private @Nullable Double firstTokenMs;
  private Timings timings;
  private @Nullable String finishReason;
  private @Nullable String error;

  /**
   * A recorder of one path.
   *
   * @param plan what the path does
   * @param log where the contrast's events go
   * @param startedNanos when the contrast was asked, by {@link System#nanoTime()}
   * @param retrievalMs how long retrieval took; null if there was none
   * @param ended called once, after the last event is in the log
   */
  PathRecorder(
      PathPlan plan,
      EventLog<ContrastEvent> log,
      long startedNanos,
      @Nullable Double retrievalMs,
      Runnable ended) {
    this.plan = plan;
    this.log = log;
    this.startedNanos = startedNanos;
    this.retrievalMs = retrievalMs;
    this.ended = ended;
    this.massSums = new double[plan.trace().parts().size()];
    this.timings = new Timings(null, retrievalMs, null, null, null);
  }

  /** Notes what became of its prompt's rows in the database. */
  synchronized void stored(PathTrace.@Nullable Stored found) {
    stored = found;
  }

  @Override
  public void accept(GenerationEvent event) {
    if (event instanceof GenerationEvent.Queued queued) {
      log.append(new ContrastEvent.Queued(plan.path(), queued.position()));
    } else if (event instanceof GenerationEvent.Prefill prefill) {
      prefill(prefill);
    } else if (event instanceof GenerationEvent.Token token) {
      log.append(token(token));
    } else if (event instanceof GenerationEvent.Finished finished) {
      end(
          finished.reason().toString(),
          null,
          finished.tail(),
          finished.queueMs(),
          finished.prefillMs());
    } else if (event instanceof GenerationEvent.Failed failed) {
      end("error", failed.problem().told(), "", null, null);
    }
  }

  private void prefill(GenerationEvent.Prefill prefill) {
    synchronized (this) {
      cachedTokens = prefill.cached();
    }
    log.append(
        new ContrastEvent.Prefill(plan.path(), prefill.done(), prefill.total(), prefill.cached()));
  }

  private synchronized ContrastEvent.Token token(GenerationEvent.Token token) {
    double now = elapsedMs();
    if (firstTokenMs == null) {
      firstTokenMs = now;
    }
    TokenTrace trace = new TokenTrace(token.id(), token.text(), token.logprob(), now, token.mass());
    tokens.add(trace);
    answer.append(token.text());
    if (token.mass().length == massSums.length) {
      watched++;
      for (int i = 0; i < massSums.length; i++) {
        massSums[i] += token.mass()[i];
      }
    }
    return new ContrastEvent.Token(plan.path(), tokens.size() - 1, trace);
  }

  private void end(
      String reason,
      @Nullable String problem,
      String tail,
      @Nullable Double queueMs,
      @Nullable Double prefillMs) {
    PathTrace trace;
    synchronized (this) {
      if (finishReason != null) {
        return;
      }
      finishReason = reason;
      error = problem;
      answer.append(tail);
      timings = new Timings(queueMs, retrievalMs, prefillMs, firstTokenMs, elapsedMs());
      trace = trace();
    }
    log.append(
        new ContrastEvent.Finished(
            trace.path(),
            trace.answer(),
            reason,
            problem,
            trace.prompt(),
            trace.passages(),
            trace.timings()));
    ended.run();
  }

  /** Whether the path failed. */
  synchronized boolean failed() {
    return error != null;
  }

  /** Whether the path was cancelled. */
  synchronized boolean cancelled() {
    return "cancelled".equals(finishReason);
  }

  /** How many tokens came. */
  synchronized int answered() {
    return tokens.size();
  }

  /** What is recorded by now. */
  synchronized PathTrace trace() {
    return new PathTrace(
        plan.path(),
        answer.toString(),
        finishReason,
        error,
        plan.notice(),
        prompt(),
        passages(),
        List.copyOf(tokens),
        timings,
        null);
  }

  private PromptTrace prompt() {
    PromptTrace prompt = plan.trace();
    List<PromptPart> parts = new ArrayList<>(prompt.parts());
    parts.set(parts.size() - 1, new PromptPart(PromptPart.Kind.ANSWER, tokens.size(), null));
    return prompt.with(cachedTokens, List.copyOf(parts), stored);
  }

  private List<PassageTrace> passages() {
    if (watched == 0) {
      return plan.passages();
    }
    Map<Long, Double> mass = new HashMap<>();
    List<PromptPart> parts = plan.trace().parts();
    for (int i = 0; i < parts.size(); i++) {
      Long id = parts.get(i).passageId();
      if (id != null) {
        mass.merge(id, massSums[i] / watched, Double::sum);
      }
    }
    return plan.passages().stream().map(passage -> attended(passage, mass)).toList();
  }

  private PassageTrace attended(PassageTrace passage, Map<Long, Double> masses) {
    PathTrace.InPrompt place = passage.inPrompt();
    Double mass = masses.get(passage.id());
    if (place == null || mass == null) {
      return passage;
    }
    double lengthShare = (double) place.tokens() / plan.trace().tokens();
    return passage.withAttended(new Attended(mass, mass / lengthShare));
  }

  private double elapsedMs() {
    return (System.nanoTime() - startedNanos) / 1e6;
  }
}
