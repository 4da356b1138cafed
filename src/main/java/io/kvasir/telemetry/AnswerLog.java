package io.kvasir.telemetry;

import io.kvasir.core.About;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.Trace;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.observe.AnswerListener;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes into the log what happens to contrasts: numbers and ids. The words of questions and
 * answers are only written if that is asked for. Chats of {@code /v1} have no id and are not here.
 */
public final class AnswerLog implements AnswerListener {
  private static final System.Logger LOG = System.getLogger(AnswerLog.class.getName());

  private final boolean content;

  /**
   * A log of answers.
   *
   * @param content whether questions and answers are written, too
   */
  public AnswerLog(boolean content) {
    this.content = content;
  }

  @Override
  public Asked asked() {
    return new Lines();
  }

  private final class Lines implements Asked {
    private final long startedNanos = System.nanoTime();
    private volatile @Nullable About about;

    @Override
    public void retrieved(double encodeMs, double searchMs) {}

    @Override
    public void named(String contrast, String question) {
      About asked = new About(contrast);
      about = asked;
      LOG.log(Level.INFO, "{0} asked{1}", asked, content ? ": " + question : "");
    }

    @Override
    public Consumer<GenerationEvent> answering(AnswerPath path, String model, int promptTokens) {
      return logging(path.name(), model, promptTokens);
    }

    @Override
    public Consumer<GenerationEvent> chatting(String model, int promptTokens) {
      return logging(AnswerMeter.CHAT, model, promptTokens);
    }

    private Consumer<GenerationEvent> logging(String path, String model, int promptTokens) {
      About asked = about;
      if (asked == null) {
        return event -> {};
      }
      StringBuilder answer = new StringBuilder();
      int[] tokens = {0};
      return event -> {
        if (event instanceof GenerationEvent.Token token) {
          tokens[0]++;
          if (content) {
            answer.append(token.text());
          }
        } else if (event instanceof GenerationEvent.Finished finished) {
          LOG.log(
              Level.INFO,
              "{0} {1} by {2}: {3}, {4} tokens read, {5} written{6}",
              asked,
              path,
              model,
              finished.reason(),
              String.valueOf(promptTokens),
              String.valueOf(tokens[0]),
              content ? ": " + answer + finished.tail() : "");
        } else if (event instanceof GenerationEvent.Failed failed) {
          LOG.log(
              Level.WARNING,
              "{0} {1} by {2} failed: {3}",
              asked,
              path,
              model,
              failed.problem().getMessage());
        }
      };
    }

    @Override
    public void ended(Trace.Status status) {
      About asked = about;
      if (asked != null) {
        long ms = (System.nanoTime() - startedNanos) / 1_000_000;
        LOG.log(Level.INFO, "{0} {1} after {2} ms", asked, status.toString(), String.valueOf(ms));
      }
    }
  }
}
