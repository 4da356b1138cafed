package io.kvasir.contrast;

import io.kvasir.contrast.PromptWriter.Exchange;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathTrace;
import io.kvasir.core.Trace;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said before, read from the stored traces of a conversation.
 *
 * @param earlier the traces, oldest first
 */
record ConversationHistory(List<Trace> earlier) implements Earlier {
  /** The most earlier turns that are read. */
  static final int MOST_TURNS = 8;

  @Override
  public List<String> questions() {
    return earlier.stream().map(Trace::question).toList();
  }

  /** With the exchanges of that path alone; a path that was not asked then has none. */
  @Override
  public Dialogue before(AnswerPath path, String question) {
    List<Exchange> history = new ArrayList<>();
    for (Trace trace : earlier) {
      for (PathTrace answered : trace.paths()) {
        if (answered.path().equals(path) && !answered.answer().isBlank()) {
          history.add(new Exchange(trace.question(), answered.answer().strip()));
        }
      }
    }
    return new Dialogue("", history, question, "");
  }
}
