package io.kvasir.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kvasir.core.ProblemException;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.evaluate.dataset.SourceDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of llama.cpp's programs, which are scripts here that print what those do. */
final class EnginePeerTest {
  private static final Dataset SET =
      new Dataset(
          "birds",
          "en",
          List.of(new SourceDocument("gulls", "Birds", "The gulls sleep at the sea.")),
          List.of(
              new LabelledQuestion("1", "Where?", List.of("at the sea"), true, Map.of("gulls", 1))),
          List.of());

  @TempDir Path programs;
  @TempDir Path work;

  private EnginePeer peer;

  @BeforeEach
  void install() throws IOException {
    Path gguf = Files.writeString(work.resolve("model.gguf"), "weights");
    peer = new EnginePeer(programs, gguf, work.resolve("made"), 2);
    program("llama-quantize", "echo made >> " + work.resolve("quantised") + "; cp \"$2\" \"$3\"");
    program(
        "llama-bench",
        """
        echo "load_backend: loaded CPU backend" >&2
        case "$*" in
          *"-p 1000 -n 0 -t 2"*) echo '[ { "n_prompt": 1000, "n_gen": 0, "n_depth": 0, "avg_ts": 587.5 } ]' ;;
          *"-p 0 -n 48 -d 500,2000 -t 2"*) echo '[
          { "n_gen": 48, "n_depth": 500, "avg_ns": 465900000, "avg_ts": 103.0, "samples_ts": [ 103 ] },
          { "n_gen": 48, "n_depth": 2000, "avg_ns": 685000000, "avg_ts": 70.1, "samples_ts": [ 70.1 ] } ]' ;;
          *) exit 2 ;;
        esac
        """);
    program(
        "llama-batched-bench",
        """
        echo
        echo '{"n_kv_max": 4096, "n_threads": 2, "pp": 500, "tg": 48, "pl": 4, "speed_pp": 580.0, "speed_tg": 139.25}'
        """);
  }

  private void program(String name, String script) throws IOException {
    Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void everySpeedComesFromItsOwnTest() {
    assertThat(peer.measure(EnginePeer.Format.Q8_0))
        .isEqualTo(
            Map.of(
                EngineSpeed.DECODE_SHORT, 103.0,
                EngineSpeed.DECODE_LONG, 70.1,
                EngineSpeed.DECODE_TOGETHER, 139.25,
                EngineSpeed.PREFILL, 587.5));
  }

  @Test
  void weightsAreMadeOnceAndNeverHalf() throws IOException {
    assertThat(peer.weights(EnginePeer.Format.FILE)).isEqualTo(work.resolve("model.gguf"));
    Path made = peer.weights(EnginePeer.Format.Q8_0);
    assertThat(peer.weights(EnginePeer.Format.Q8_0)).isEqualTo(made).hasContent("weights");
    assertThat(work.resolve("quantised")).hasContent("made");
    program("llama-quantize", "echo half > \"$3\"; exit 1");
    assertThatThrownBy(() -> peer.weights(EnginePeer.Format.Q4_0))
        .isInstanceOf(ProblemException.class);
    assertThat(made.resolveSibling("model.gguf.Q4_0")).doesNotExist();
  }

  @Test
  void aProgramThatFailsIsNamedWithItsComplaints() throws IOException {
    program("llama-bench", "echo 'error: out of memory' >&2; exit 1");
    assertThatThrownBy(() -> peer.measure(EnginePeer.Format.FILE))
        .isInstanceOf(ProblemException.class)
        .hasMessageContainingAll("llama-bench", "./kvasir bench engine --peer")
        .satisfies(
            problem ->
                assertThat(Path.of(problem.getMessage().replaceAll(".*see (\\S+\\.log).*", "$1")))
                    .hasContent("error: out of memory"));
  }

  @Test
  void rubbishIsShownNotMeasured() throws IOException {
    program("llama-bench", "echo usage: llama-bench");
    assertThatThrownBy(() -> peer.measure(EnginePeer.Format.FILE))
        .isInstanceOf(ProblemException.class)
        .hasMessageContainingAll("no JSON", "usage: llama-bench");
    program("llama-bench", "echo '[]'");
    assertThatThrownBy(() -> peer.measure(EnginePeer.Format.FILE))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("no result");
  }

  @Test
  void aProgramThatIsMissingIsNamed() throws IOException {
    Files.delete(programs.resolve("llama-batched-bench"));
    assertThatThrownBy(() -> peer.measure(EnginePeer.Format.FILE))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("llama-batched-bench");
  }

  @Test
  void theDivergenceIsTheOneOfEachFormat() throws IOException {
    program(
        "llama-perplexity",
        """
        case "$*" in
          *model.gguf.F32*-f*) touch "$6" ;;
          *model.gguf.Q8_0*) echo 'Mean    KLD:   0.004450 ±   0.000138' ;;
          *model.gguf.Q4_0*) echo 'Mean    KLD:   0.329738 ±   0.008947' ;;
          *) printf 'Mean PPL(Q)-PPL(base)  :   0.178614\\nMean    KLD:  -0.000002 ±   0.000001\\n' ;;
        esac
        """);
    EngineQuality quality = new EngineQuality(peer, work.resolve("made"), 2);
    assertThat(quality.divergence(SET))
        .isEqualTo(
            Map.of(
                EnginePeer.Format.Q8_0, 0.00445,
                EnginePeer.Format.Q4_0, 0.329738,
                EnginePeer.Format.FILE, -0.000002));
    assertThat(work.resolve("made/quality.txt")).content().contains("The gulls sleep at the sea.");
  }

  @Test
  void aDivergenceThatIsNotSaidIsAnErrorNotANumber() throws IOException {
    program("llama-perplexity", "touch \"$6\"; echo 'Final estimate: PPL = 21.7'");
    assertThatThrownBy(() -> new EngineQuality(peer, work.resolve("made"), 2).divergence(SET))
        .isInstanceOf(ProblemException.class)
        .hasMessageContainingAll("llama-perplexity", "Final estimate");
  }
}
