package io.kvasir.cli;

import io.kvasir.contrast.ContrastEvent;
import io.kvasir.core.PathTrace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The passages of an answer with their three states, and its figures, as lines of text. */
final class EvidenceTable {
  private static final String ROW = "%-13s %-14s %-14s %s";

  /** How many of the passages that were not in the prompt are shown. */
  private static final int UNREAD_SHOWN = 4;

  private EvidenceTable() {}

  /** A path's figures: why it ended, how much it read and wrote, how long that took. */
  static String summary(ContrastEvent.Finished end, int tokens) {
    StringBuilder line = new StringBuilder();
    line.append(ending(end.finishReason())).append(" · ").append(tokens).append(" tokens");
    PathTrace.PromptTrace prompt = end.prompt();
    if (prompt != null) {
      line.append(" · prompt %d, %d cached".formatted(prompt.tokens(), prompt.cachedTokens()));
      if (prompt.left() > 0) {
        line.append(", %d passages did not fit".formatted(prompt.left()));
      }
    }
    PathTrace.Timings timings = end.timings();
    line.append(seconds(" · first token after ", timings.firstTokenMs()));
    line.append(seconds(" · ", timings.totalMs()));
    return line.toString();
  }

  private static String ending(String reason) {
    return reason.equals("repetition") ? "began to repeat itself" : reason;
  }

  /**
   * A head, a line for each passage of the prompt and for the first of the others, and how many
   * more of those there are; nothing where there are no passages.
   */
  static List<String> lines(List<PathTrace.PassageTrace> passages) {
    if (passages.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(ROW.formatted("retrieved", "in prompt", "attended", "passage"));
    int unread = 0;
    for (PathTrace.PassageTrace passage : passages) {
      if (passage.inPrompt() == null && ++unread > UNREAD_SHOWN) {
        continue;
      }
      String heading = passage.heading().isEmpty() ? "" : " › " + passage.heading();
      String page = passage.page() == null ? "" : ", page " + passage.page();
      lines.add(
          ROW.formatted(
              retrieved(passage),
              inPrompt(passage.inPrompt()),
              attended(passage.attended()),
              passage.document() + heading + page + byHand(passage)));
    }
    if (unread > UNREAD_SHOWN) {
      lines.add("%d more were not in the prompt; --json has them".formatted(unread - UNREAD_SHOWN));
    }
    return lines;
  }

  private static String byHand(PathTrace.PassageTrace passage) {
    return Boolean.TRUE.equals(passage.corrected()) ? ", corrected by hand" : "";
  }

  private static String retrieved(PathTrace.PassageTrace passage) {
    PathTrace.Retrieved retrieved = passage.retrieved();
    if (retrieved == null) {
      return "-";
    }
    String unused = passage.used() ? "" : " (unused)";
    return "#" + retrieved.rank() + unused;
  }

  private static String inPrompt(PathTrace.@Nullable InPrompt place) {
    return place == null ? "-" : "%d (%d tok)".formatted(place.position(), place.tokens());
  }

  private static String attended(PathTrace.@Nullable Attended attended) {
    return attended == null
        ? "-"
        : String.format(Locale.ROOT, "%.1f%% ×%.2f", 100 * attended.mass(), attended.lift());
  }

  private static String seconds(String before, @Nullable Double milliseconds) {
    return milliseconds == null
        ? ""
        : before + String.format(Locale.ROOT, "%.1f s", milliseconds / 1_000);
  }
}
