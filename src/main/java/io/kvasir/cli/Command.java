package io.kvasir.cli;

import java.io.IOException;
import java.util.List;

/** Something that can be said to Kvasir in a terminal. */
public interface Command {
  /** Its name; two words for one of a group, for example {@code models list}. */
  String name();

  /** One line on what it does. */
  String summary();

  /** What may follow its name beside options, for example {@code PATH…}; empty for nothing. */
  String arguments();

  /** The options it knows; {@code --help} is known to all. */
  default List<Option> options() {
    return List.of();
  }

  /** What to know before it is used; empty for nothing. */
  default String note() {
    return "";
  }

  /** Whether a runtime computes for it in this process, which ends badly if it is left to exit. */
  default boolean computes() {
    return false;
  }

  /**
   * Does it.
   *
   * @return RUNNING if what it started goes on in this process
   * @throws io.kvasir.core.ProblemException when it cannot be done
   * @throws IOException when the network or a file fails
   * @throws InterruptedException when the process is asked to stop
   */
  ExitCode run(Arguments arguments, Terminal terminal) throws IOException, InterruptedException;

  /**
   * An option.
   *
   * @param name without the two dashes
   * @param value what its value is called in the help; empty for a switch without one
   * @param explanation one line
   */
  record Option(String name, String value, String explanation) {
    boolean takesValue() {
      return !value.isEmpty();
    }
  }
}
