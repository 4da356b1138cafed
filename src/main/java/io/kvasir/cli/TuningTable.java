package io.kvasir.cli;

import io.kvasir.evaluate.Bootstrap;
import io.kvasir.evaluate.Trials;

/** What the values of a setting came to, as a table in the terminal. */
final class TuningTable {
  private static final String ROW = "%s %-20s %-22s %9s %6s %8s %6s  %s";

  private TuningTable() {}

  /**
   * Prints it.
   *
   * @param factor that was tried
   * @param best its value that was taken
   */
  static void print(Terminal terminal, String factor, Trials trials, String best) {
    terminal.out().printf("%n%s, %d questions%n", factor, trials.questions());
    terminal
        .out()
        .println(
            ROW.formatted(
                    " ", "", "worth", "contained", "F1", "circles", "cut", "more than the first")
                .stripTrailing());
    String first = trials.all().keySet().iterator().next();
    trials
        .all()
        .forEach(
            (value, trial) ->
                terminal
                    .out()
                    .println(
                        ROW.formatted(
                                value.equals(best) ? "*" : " ",
                                value,
                                interval("", trial.worth()),
                                share(trial.contained()),
                                share(trial.f1()),
                                share(trial.circles()),
                                share(trial.cut()),
                                value.equals(first) ? "" : interval("+", trial.gain().difference()))
                            .stripTrailing()));
  }

  private static String share(double value) {
    return "%.3f".formatted(value);
  }

  private static String interval(String sign, Bootstrap mean) {
    String number = "%" + sign + ".3f";
    return (number + " [" + number + ", " + number + "]")
        .formatted(mean.mean(), mean.low(), mean.high());
  }
}
