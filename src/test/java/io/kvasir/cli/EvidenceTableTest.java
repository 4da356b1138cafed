package io.kvasir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.contrast.ContrastEvent;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathTrace;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The passages of an answer in the terminal. */
class EvidenceTableTest {
  private static PathTrace.PassageTrace passage(int rank, PathTrace.@Nullable InPrompt place) {
    return new PathTrace.PassageTrace(
        rank,
        1,
        "faq.html",
        "FAQ",
        "Chapter " + rank,
        null,
        0,
        9,
        "text",
        null,
        new PathTrace.Retrieved(rank, 0.03, 0.7, null, null),
        place != null,
        place,
        null);
  }

  @Test
  void anAnswerThatBeganToRepeatItselfIsSaidToHaveDone() {
    ContrastEvent.Finished end =
        new ContrastEvent.Finished(
            AnswerPath.RAG,
            "on and on",
            "repetition",
            null,
            null,
            List.of(),
            PathTrace.Timings.NONE);

    assertThat(EvidenceTable.summary(end, 3)).startsWith("began to repeat itself · 3 tokens");
  }

  @Test
  void allThatWasReadIsListedAndLittleOfWhatWasNot() {
    List<PathTrace.PassageTrace> passages =
        IntStream.rangeClosed(1, 20)
            .mapToObj(rank -> passage(rank, rank <= 6 ? new PathTrace.InPrompt(rank, 100) : null))
            .toList();

    List<String> lines = EvidenceTable.lines(passages);

    assertThat(lines).hasSize(1 + 6 + 4 + 1);
    assertThat(lines.get(6)).contains("#6", "6 (100 tok)", "Chapter 6");
    assertThat(lines).last().asString().startsWith("10 more were not in the prompt");
  }
}
