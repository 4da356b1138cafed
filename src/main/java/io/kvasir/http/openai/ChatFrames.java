package io.kvasir.http.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.ProblemException;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationEvent.FinishReason;
import io.kvasir.http.exchange.EventStream;
import io.kvasir.http.exchange.OpenAiError;
import io.kvasir.http.exchange.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How the events of a chat look to OpenAI's clients: a chunk with the role, one for each piece of
 * text, one with the finish reason, one with the usage if asked for, and {@code [DONE]}. The last
 * chunk tells what the answer is from; it is none of its own, since clients that asked for no usage
 * look for a choice in each. Whatever goes wrong is a frame with an error, since clients take a
 * stream that just ends for a whole one.
 */
final class ChatFrames implements EventStream.Frames<GenerationEvent> {
  private final ChatReply reply;
  private final boolean usage;
  private final boolean logprobs;
  private boolean ended;

  ChatFrames(ChatReply reply, boolean usage, boolean logprobs) {
    this.reply = reply;
    this.usage = usage;
    this.logprobs = logprobs;
  }

  @Override
  public String begin() {
    ObjectNode chunk = chunk();
    choice(chunk, null).put("role", "assistant").put("content", "");
    return frame(chunk);
  }

  @Override
  public String event(int index, GenerationEvent event) {
    if (ended) {
      return "";
    }
    reply.count(event);
    if (event instanceof GenerationEvent.Token token) {
      return token.text().isEmpty() && !logprobs ? "" : piece(token);
    }
    if (event instanceof GenerationEvent.Finished finished) {
      ended = true;
      return finished.reason() == FinishReason.CANCELLED
          ? broken(Problem.of(cancelled()))
          : finish(finished);
    }
    if (event instanceof GenerationEvent.Failed failed) {
      ended = true;
      return broken(Problem.of(failed.problem()));
    }
    return "";
  }

  @Override
  public String end() {
    return ended
        ? ""
        : broken(Problem.of(500, "The chat was lost. The server's log has the details."));
  }

  @Override
  public String broken(Problem problem) {
    return frame(OpenAiError.json(problem));
  }

  /** What a client is told whose chat was cancelled by somebody else. */
  static ProblemException cancelled() {
    return new ProblemException(
        ProblemException.Kind.UNAVAILABLE, "The chat was cancelled before it was complete.");
  }

  private String piece(GenerationEvent.Token token) {
    ObjectNode chunk = chunk();
    choice(chunk, null).put("content", token.text());
    if (logprobs) {
      ObjectNode choice = (ObjectNode) chunk.withArray("choices").get(0);
      ChatReply.addLogprob(choice.putObject("logprobs").putArray("content"), token);
    }
    return frame(chunk);
  }

  private String finish(GenerationEvent.Finished finished) {
    StringBuilder frames = new StringBuilder();
    if (!finished.tail().isEmpty()) {
      ObjectNode tail = chunk();
      choice(tail, null).put("content", finished.tail());
      frames.append(frame(tail));
    }
    ObjectNode last = chunk();
    choice(last, ChatReply.reason(finished));
    if (usage) {
      frames.append(frame(last));
      last = reply.head("chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", reply.usage());
    }
    reply.addGrounds(last);
    frames.append(frame(last));
    return frames.append("data: [DONE]\n\n").toString();
  }

  private ObjectNode chunk() {
    return reply.head("chat.completion.chunk");
  }

  /** Gives a chunk its one choice. */
  private ObjectNode choice(ObjectNode chunk, @Nullable String finishReason) {
    ObjectNode choice = chunk.putArray("choices").addObject().put("index", 0);
    ObjectNode delta = choice.putObject("delta");
    choice.putNull("logprobs");
    choice.put("finish_reason", finishReason);
    if (usage) {
      chunk.putNull("usage");
    }
    return delta;
  }

  private static String frame(ObjectNode data) {
    return "data: " + data + "\n\n";
  }
}
