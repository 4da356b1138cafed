package io.kvasir.cli;

import io.kvasir.contrast.ContrastEvent;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Trace;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints a contrast while it runs: the paths one below the other in the order asked for. All run at
 * the same time; the first unfinished one is printed live, what the others say meanwhile is kept
 * until their turn.
 */
final class AnswerPrinter {
  private static final String RULE = "─".repeat(60);

  private final Terminal terminal;
  private final PrintStream out;
  private final List<AnswerPath> paths;
  private final boolean silent;
  private final Map<AnswerPath, StringBuilder> said = new HashMap<>();
  private final Map<AnswerPath, String> notices = new HashMap<>();
  private final Map<AnswerPath, Integer> tokens = new HashMap<>();
  private final Map<AnswerPath, ContrastEvent.Finished> finished = new HashMap<>();
  private int current = -1;
  private int printed;
  private Trace.Status status = Trace.Status.RUNNING;
  private @Nullable String id;

  /**
   * @param silent whether nothing but progress is printed, since something else goes to the output
   */
  AnswerPrinter(Terminal terminal, List<AnswerPath> paths, boolean silent) {
    this.terminal = terminal;
    this.out = terminal.out();
    this.paths = paths;
    this.silent = silent;
    paths.forEach(path -> said.put(path, new StringBuilder()));
  }

  /** How the contrast ended; RUNNING before. */
  Trace.Status status() {
    return status;
  }

  /** The contrast's id; INTERNAL if the server never named one. */
  String id() {
    if (id == null) {
      throw new ProblemException(
          ProblemException.Kind.INTERNAL, "the server's stream named no contrast");
    }
    return id;
  }

  /** Takes the next event. */
  void accept(ContrastEvent event) {
    if (event instanceof ContrastEvent.Started started) {
      id = started.trace().id();
      header(started.trace());
    } else if (event instanceof ContrastEvent.Queued queued) {
      terminal.progress("%s waits, %d before it".formatted(queued.path(), queued.position()));
    } else if (event instanceof ContrastEvent.Prefill prefill) {
      terminal.progress(
          "%s reads %d of %d tokens".formatted(prefill.path(), prefill.done(), prefill.total()));
    } else if (event instanceof ContrastEvent.Prompted prompted && prompted.notice() != null) {
      notices.put(prompted.path(), prompted.notice().text());
    } else if (event instanceof ContrastEvent.Token token) {
      tokens.merge(token.path(), 1, Integer::sum);
      text(token.path()).append(token.token().text());
    } else if (event instanceof ContrastEvent.Finished end) {
      finished.put(end.path(), end);
      StringBuilder text = text(end.path());
      if (end.answer().startsWith(text.toString())) {
        text.append(end.answer(), text.length(), end.answer().length());
      }
    } else if (event instanceof ContrastEvent.Ended ended) {
      status = ended.status();
      terminal.progress("");
      if (ended.problem() != null) {
        terminal.err().println("kvasir: the trace was not kept: " + ended.problem());
      }
    }
    if (!silent) {
      print();
    }
  }

  private StringBuilder text(AnswerPath path) {
    return said.computeIfAbsent(path, key -> new StringBuilder());
  }

  private void header(Trace trace) {
    if (!silent) {
      String collection = trace.collection() == null ? "" : ", " + trace.collection();
      out.println(terminal.faint(trace.model().name() + collection));
    }
  }

  private void print() {
    while (current < paths.size()) {
      if (current < 0) {
        begin();
        continue;
      }
      AnswerPath path = paths.get(current);
      String text = text(path).toString();
      if (text.length() > printed) {
        if (printed == 0) {
          terminal.progress("");
        }
        out.print(text.substring(printed));
        out.flush();
        printed = text.length();
      }
      ContrastEvent.Finished end = finished.get(path);
      if (end == null) {
        return;
      }
      finish(end);
      begin();
    }
  }

  private void begin() {
    current++;
    printed = 0;
    if (current < paths.size()) {
      String title = paths.get(current) + " ";
      out.println();
      out.println(terminal.bold(title + RULE.substring(title.length())));
    }
  }

  private void finish(ContrastEvent.Finished end) {
    out.println();
    out.println();
    if (end.error() != null) {
      out.println("  failed: " + end.error());
    }
    if (notices.containsKey(end.path())) {
      out.println("  note: " + notices.get(end.path()));
    }
    out.println("  " + EvidenceTable.summary(end, tokens.getOrDefault(end.path(), 0)));
    EvidenceTable.lines(end.passages()).forEach(line -> out.println("  " + line));
  }
}
