package io.kvasir.contrast;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Notice;
import io.kvasir.core.PathTrace;
import io.kvasir.core.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens while a contrast runs. On the wire each is named by its {@link #type()}. */
public sealed interface ContrastEvent {
  /** The wire name. */
  String type();

  /**
   * It began.
   *
   * @param trace everything known by now; its paths are empty
   */
  record Started(Trace trace) implements ContrastEvent {
    @Override
    public String type() {
      return "started";
    }
  }

  /**
   * Retrieval answered.
   *
   * @param searched the text it searched with
   * @param encoder the encoder
   * @param questionVector what is shown of the embedding
   * @param hits best first
   * @param encodeMs time to encode the question
   * @param searchMs time to search
   * @param reranking what put the first of them in another order; null if nothing did
   */
  record Retrieved(
      String searched,
      Trace.Encoder encoder,
      Trace.QuestionVector questionVector,
      List<PathTrace.PassageTrace> hits,
      double encodeMs,
      double searchMs,
      Trace.@Nullable Reranking reranking)
      implements ContrastEvent {
    @Override
    public String type() {
      return "retrieved";
    }
  }

  /**
   * A path's prompt is made.
   *
   * @param path which path
   * @param prompt what will be read
   * @param passages retrieved or in the prompt
   * @param notice what the reader should know, or null
   */
  record Prompted(
      AnswerPath path,
      PathTrace.PromptTrace prompt,
      List<PathTrace.PassageTrace> passages,
      @Nullable Notice notice)
      implements ContrastEvent {
    @Override
    public String type() {
      return "prompt";
    }
  }

  /**
   * A path waits for a slot.
   *
   * @param path which path
   * @param position how many wait before it
   */
  record Queued(AnswerPath path, int position) implements ContrastEvent {
    @Override
    public String type() {
      return "queued";
    }
  }

  /**
   * A path reads its prompt.
   *
   * @param path which path
   * @param done tokens read
   * @param total tokens of the prompt
   * @param cached tokens that were in the cache already
   */
  record Prefill(AnswerPath path, int done, int total, int cached) implements ContrastEvent {
    @Override
    public String type() {
      return "prefill";
    }
  }

  /**
   * A path produced a token.
   *
   * @param path which path
   * @param index its place in the answer, from 0
   * @param token the token
   */
  record Token(AnswerPath path, int index, PathTrace.TokenTrace token) implements ContrastEvent {
    @Override
    public String type() {
      return "token";
    }
  }

  /**
   * A path ended.
   *
   * @param path which path
   * @param answer the whole text
   * @param finishReason why
   * @param error what went wrong, or null
   * @param prompt the prompt with its answer part counted; null if there was none
   * @param passages with what attention gave them
   * @param timings how long each step took
   */
  record Finished(
      AnswerPath path,
      String answer,
      String finishReason,
      @Nullable String error,
      PathTrace.@Nullable PromptTrace prompt,
      List<PathTrace.PassageTrace> passages,
      PathTrace.Timings timings)
      implements ContrastEvent {
    @Override
    public String type() {
      return "finished";
    }
  }

  /**
   * Every path ended; nothing follows.
   *
   * @param status how it ended
   * @param problem why the trace could not be kept; null if it was
   */
  record Ended(Trace.Status status, @Nullable String problem) implements ContrastEvent {
    @Override
    public String type() {
      return "ended";
    }
  }
}
