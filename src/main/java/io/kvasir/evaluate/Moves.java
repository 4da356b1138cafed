package io.kvasir.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which questions moved from one outcome to another between two rows.
 *
 * @param from name of the one row
 * @param to name of the other
 * @param moves all pairs of outcomes, those without a question too, so that every row has the same
 */
public record Moves(String from, String to, List<Move> moves) {
  /**
   * The questions of one pair of outcomes.
   *
   * @param before in the one row
   * @param after in the other
   * @param questions their ids
   */
  public record Move(Outcome before, Outcome after, List<String> questions) {
    public Move {
      questions = List.copyOf(questions);
    }
  }

  public Moves {
    moves = List.copyOf(moves);
  }

  /** The moves between two rows, of the questions that both have an outcome of. */
  public static Moves of(String from, String to, List<Result> results) {
    Map<String, Outcome> before = outcomes(from, results);
    Map<String, Outcome> after = outcomes(to, results);
    List<Move> moves = new ArrayList<>();
    for (Outcome one : Outcome.values()) {
      for (Outcome other : Outcome.values()) {
        List<String> moved =
            before.keySet().stream()
                .filter(each -> before.get(each) == one && after.get(each) == other)
                .toList();
        moves.add(new Move(one, other, moved));
      }
    }
    return new Moves(from, to, moves);
  }

  private static Map<String, Outcome> outcomes(String row, List<Result> results) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    for (Result result : results) {
      Outcome outcome = Outcome.of(result);
      if (outcome != null && result.row().equals(row)) {
        outcomes.put(result.question(), outcome);
      }
    }
    return outcomes;
  }

  /** How many questions moved so. */
  public int count(Outcome before, Outcome after) {
    return moves.stream()
        .filter(move -> move.before() == before && move.after() == after)
        .mapToInt(move -> move.questions().size())
        .sum();
  }

  /** How many questions both rows have an outcome of. */
  public int total() {
    return moves.stream().mapToInt(move -> move.questions().size()).sum();
  }
}
