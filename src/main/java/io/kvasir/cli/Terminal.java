package io.kvasir.cli;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Settings;
import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command speaks.
 *
 * @param out results
 * @param err progress and complaints
 * @param environment of the process
 * @param interactive whether a person watches: progress in place and bold print
 * @param known the settings that there are
 */
public record Terminal(
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean interactive,
    KnownSettings known) {
  /** Set by the launcher when its output is a terminal. */
  private static final String WATCHED = "KVASIR_LAUNCHER_TERMINAL";

  /** Of this process. */
  public static Terminal ofProcess(KnownSettings known) {
    return new Terminal(
        System.out, System.err, System.getenv(), System.getenv(WATCHED) != null, known);
  }

  /**
   * What is set, read anew.
   *
   * @throws io.kvasir.core.ProblemException INVALID, naming what is wrong
   */
  public Settings settings() {
    return known.load(environment);
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
