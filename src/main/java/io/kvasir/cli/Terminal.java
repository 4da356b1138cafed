package io.kvasir.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command speaks.
 *
 * @param out results
 * @param err progress and complaints
 * @param environment of the process
 * @param interactive whether a person watches: progress in place and bold print
 */
public record Terminal(
    PrintStream out, PrintStream err, Map<String, String> environment, boolean interactive) {
  /** Set by the launcher when its output is a terminal. */
  private static final String WATCHED = "KVASIR_LAUNCHER_TERMINAL";

  /** Of this process. */
  public static Terminal ofProcess() {
    return new Terminal(System.out, System.err, System.getenv(), System.getenv(WATCHED) != null);
  }

  /** The text in bold, where somebody would see it. */
  String bold(String text) {
    return styled(text, "1");
  }

  /** The text in a fainter colour, where somebody would see it. */
  String faint(String text) {
    return styled(text, "2");
  }

  /** Replaces the line of progress; nothing where nobody watches. */
  void progress(String text) {
    if (interactive) {
      err.print("\r\u001b[K" + text);
      err.flush();
    }
  }

  private String styled(String text, String style) {
    boolean plain = !interactive || environment.containsKey("NO_COLOR");
    return plain ? text : "\u001b[" + style + "m" + text + "\u001b[0m";
  }
}
