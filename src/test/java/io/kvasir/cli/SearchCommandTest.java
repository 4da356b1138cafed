package io.kvasir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What retrieval finds is shown as rows with the places in its lists. */
final class SearchCommandTest {
  @TempDir Path folder;

  private static final String FOUND =
      """
      {"encoder": "MiniLM", "model": "tiny", "k": 3, "budget": 512, "candidates": 50,
       "weights": {"dense": 1.0, "lexical": 0.5}, "encodeMs": 4.4, "searchMs": 3.2, "notice": null,
       "passages": [
         {"document": "faq.html", "heading": "Chapter 8", "inPrompt": {"position": 1, "tokens": 118},
          "retrieved": {"rank": 1, "score": 0.1, "lists": {"dense": {"place": 2, "score": 0.711}}}},
         {"document": "notes.md", "heading": "", "inPrompt": null,
          "retrieved": {"rank": 2, "score": 0.05, "lists": {"lexical": {"place": 1, "score": 4.5}}}}]}
      """;

  @Test
  void showsWhatWasFoundWhereAndWhatWouldBeRead() {
    try (FakeServer server = new FakeServer()) {
      server.answers("POST /api/search", 200, "application/json", FOUND);
      SpokenTerminal terminal = new SpokenTerminal(Map.of("KVASIR_DATA_DIR", folder.toString()));
      int status =
          terminal.run(
              "search",
              "which package",
              "--collection",
              "faq",
              "--k",
              "3",
              "--server",
              server.address());
      assertThat(status).isZero();
      assertThat(server.bodyOf("POST /api/search"))
          .isEqualTo("{\"question\":\"which package\",\"collection\":\"faq\",\"k\":3}");
      assertThat(terminal.out().lines())
          .containsExactly(
              "      in prompt  lists                     passage",
              "  #1  118 tok    dense #2 0.71             faq.html › Chapter 8",
              "  #2  -          lexical #1 4.50           notes.md",
              "encoder MiniLM · weights {\"dense\":1.0,\"lexical\":0.5} · 50 candidates of each list"
                  + " · k 3 · 512 tokens of tiny · 8 ms");
    }
  }
}
