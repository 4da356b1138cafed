package io.kvasir.contrast;

import io.kvasir.contrast.PromptWriter.Exchange;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathTrace;
import io.kvasir.core.Trace;
import java.util.ArrayList;
import java.util.List;

/** What one path said before, read from the stored traces of a conversation. */
final class ConversationHistory {
  /** The most earlier turns that are read. */
  static final int MOST_TURNS = 8;

  private ConversationHistory() {}

  /** The exchanges of a path, oldest first; a path that was not asked then has none. */
  static List<Exchange> of(List<Trace> earlier, AnswerPath path) {
    List<Exchange> history = new ArrayList<>();
    for (Trace trace : earlier) {
      for (PathTrace answered : trace.paths()) {
        if (answered.path() == path && !answered.answer().isBlank()) {
          history.add(new Exchange(trace.question(), answered.answer().strip()));
        }
      }
    }
    return history;
  }
}
