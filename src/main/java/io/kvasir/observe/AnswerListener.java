package io.kvasir.observe;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Trace;
import io.kvasir.generate.GenerationEvent;
import java.util.function.Consumer;

/** Is told what happens to questions and their answers. Must not block. */
public interface AnswerListener {
  /** Watches nothing. */
  AnswerListener NONE =
      () ->
          new Asked() {
            @Override
            public void retrieved(double encodeMs, double searchMs) {}

            @Override
            public void named(String contrast, String question) {}

            @Override
            public Consumer<GenerationEvent> answering(
                AnswerPath path, String model, int promptTokens) {
              return event -> {};
            }

            @Override
            public Consumer<GenerationEvent> chatting(String model, int promptTokens) {
              return event -> {};
            }

            @Override
            public void ended(Trace.Status status) {}
          };

  /** A question on its way. Its methods are called in this order, each where it applies. */
  interface Asked {
    /**
     * Passages were searched for it.
     *
     * @param encodeMs encoding the question, in milliseconds
     * @param searchMs the statement that searches, in milliseconds
     */
    void retrieved(double encodeMs, double searchMs);

    /**
     * It is kept under an id.
     *
     * @param contrast the id
     * @param question the user's words
     */
    void named(String contrast, String question);

    /**
     * One of its paths enters the decoder.
     *
     * @param path which
     * @param model the decoder's name
     * @param promptTokens length of the prompt
     * @return takes the path's events, on the inference thread
     */
    Consumer<GenerationEvent> answering(AnswerPath path, String model, int promptTokens);

    /**
     * A chat of {@code /v1} that is no contrast, as the weights alone answer it, enters the
     * decoder.
     *
     * @param model the decoder's name
     * @param promptTokens length of the prompt
     * @return takes its events, on the inference thread
     */
    Consumer<GenerationEvent> chatting(String model, int promptTokens);

    /** Every path ended, or it failed before. */
    void ended(Trace.Status status);
  }

  /** A question is asked; called where it comes from. */
  Asked asked();
}
