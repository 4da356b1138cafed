package io.kvasir.observe;

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
                String path, String model, int promptTokens) {
              return event -> {};
            }

            @Override
            public void ended(String status) {}
          };

  /** The path of chats of {@code /v1} that are no contrasts: the weights alone answer them. */
  String CHAT = "chat";

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
     * @param path one of {@link io.kvasir.core.AnswerPath}, or {@link #CHAT}
     * @param model the decoder's name
     * @param promptTokens length of the prompt
     * @return takes the path's events, on the inference thread
     */
    Consumer<GenerationEvent> answering(String path, String model, int promptTokens);

    /**
     * Every path ended, or it failed before.
     *
     * @param status {@code complete}, {@code cancelled} or {@code failed}
     */
    void ended(String status);
  }

  /** A question is asked; called where it comes from. */
  Asked asked();
}
