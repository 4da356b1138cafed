package io.kvasir.contrast;

import io.kvasir.contrast.PromptWriter.Exchange;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathTrace;
import io.kvasir.core.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was said before, read from the stored traces of a conversation.
 *
 * @param earlier the traces, oldest first
 */
record ConversationHistory(List<Trace> earlier) implements Earlier {
  /** The most earlier turns that are read. */
  static final int MOST_TURNS = 8;

  /** The most traces that are looked at for them: a turn can have been answered twice. */
  static final int MOST_TRACES = 2 * MOST_TURNS;

  /** What was said in a conversation, without what stood beside it. */
  static ConversationHistory of(List<Trace> conversation) {
    return latest(conversation.stream().filter(trace -> trace.beside() == null).toList());
  }

  /**
   * What was said before a contrast as who stands beside it heard it: with the answers that stood
   * beside the earlier ones, where there are such.
   */
  static ConversationHistory beside(List<Trace> conversation, Trace first) {
    Map<String, Trace> turns = new LinkedHashMap<>();
    for (Trace trace : conversation) {
      if (trace.beside() == null && trace.createdAt().isBefore(first.createdAt())) {
        turns.put(trace.id(), trace);
      }
    }
    for (Trace trace : conversation) {
      if (trace.beside() != null) {
        turns.computeIfPresent(trace.beside(), (id, earlier) -> trace);
      }
    }
    return latest(List.copyOf(turns.values()));
  }

  private static ConversationHistory latest(List<Trace> turns) {
    return new ConversationHistory(
        turns.subList(Math.max(0, turns.size() - MOST_TURNS), turns.size()));
  }

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
