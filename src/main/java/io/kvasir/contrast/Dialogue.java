package io.kvasir.contrast;

import io.kvasir.contrast.Contrasts.Turn;
import io.kvasir.contrast.PromptWriter.Exchange;
import io.kvasir.core.AnswerPath;
import java.util.ArrayList;
import java.util.List;

/**
 * What was said up to an answer, in the order that every chat template takes: instructions, then
 * user and assistant by turns. Some templates refuse anything else, others leave it out in silence.
 *
 * @param instructions what whoever asks wants of every answer; empty if nothing
 * @param history what was asked and answered before, oldest first
 * @param question what is asked now
 * @param opening how the answer begins, which the decoder goes on with; empty if it begins anew
 */
record Dialogue(String instructions, List<Exchange> history, String question, String opening)
    implements Earlier {
  private static final String BETWEEN = "\n\n";

  Dialogue {
    history = List.copyOf(history);
  }

  /**
   * Brings the messages of a chat into order. Whoever has spoken twice in a row has spoken once at
   * more length. Instructions from the middle stand in front with the others, since that is the one
   * place where templates have them. An assistant that speaks first answers nothing. Where no user
   * speaks, what is there is the question.
   */
  static Dialogue of(List<Turn> turns) {
    String instructions = join(turns.stream().filter(Dialogue::instructs).toList());
    List<Turn> spoken = new ArrayList<>();
    for (Turn turn : turns) {
      if (!instructs(turn) && !turn.text().isBlank()) {
        add(spoken, turn);
      }
    }
    if (spoken.stream().noneMatch(Dialogue::asks)) {
      if (instructions.isEmpty()) {
        return new Dialogue("", List.of(), join(spoken), "");
      }
      spoken.add(0, new Turn("user", instructions));
      instructions = "";
    } else if (!asks(spoken.get(0))) {
      spoken.add(0, new Turn("user", ""));
    }
    return byTurns(instructions, spoken);
  }

  private static boolean instructs(Turn turn) {
    return turn.role().equals("system");
  }

  private static boolean asks(Turn turn) {
    return turn.role().equals("user");
  }

  private static String join(List<Turn> turns) {
    return String.join(
        BETWEEN, turns.stream().map(Turn::text).filter(text -> !text.isBlank()).toList());
  }

  private static void add(List<Turn> spoken, Turn turn) {
    int last = spoken.size() - 1;
    if (last >= 0 && spoken.get(last).role().equals(turn.role())) {
      spoken.set(last, new Turn(turn.role(), spoken.get(last).text() + BETWEEN + turn.text()));
    } else {
      spoken.add(turn);
    }
  }

  /** User and assistant take turns, the user begins. */
  private static Dialogue byTurns(String instructions, List<Turn> spoken) {
    List<Exchange> history = new ArrayList<>();
    int asked = (spoken.size() - 1) / 2 * 2;
    for (int i = 0; i < asked; i += 2) {
      history.add(new Exchange(spoken.get(i).text(), spoken.get(i + 1).text().strip()));
    }
    String opening = asked + 1 < spoken.size() ? spoken.get(asked + 1).text() : "";
    return new Dialogue(instructions, history, spoken.get(asked).text(), opening);
  }

  /** The same with what is left of its history. */
  Dialogue withHistory(List<Exchange> kept) {
    return new Dialogue(instructions, kept, question, opening);
  }

  @Override
  public List<String> questions() {
    return history.stream().map(Exchange::question).filter(asked -> !asked.isBlank()).toList();
  }

  @Override
  public Dialogue before(AnswerPath path, String asked) {
    return this;
  }
}
