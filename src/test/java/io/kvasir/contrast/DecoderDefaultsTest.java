package io.kvasir.contrast;

import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerOpening;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.PathTrace;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.Trace;
import io.kvasir.generate.ScriptedGenerator;
import io.kvasir.server.ServerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who says how an answer is made: the question, else a setting, else what suits the decoder. */
final class DecoderDefaultsTest {
  private final ContrastsUnderTest contrasts =
      new ContrastsUnderTest(
          new ScriptedGenerator(4_000, "yes"),
          "the package of a file",
          "the package of a book",
          "the package of a letter");

  @BeforeEach
  void measured() {
    contrasts.defaults = new AnswerDefaults(2, 0, true, false, AnswerOpening.ANSWER, 0.5);
  }

  @AfterEach
  void stop() {
    contrasts.close();
  }

  @Test
  void whatNobodySaysIsAsItSuitsTheDecoder() throws Exception {
    Trace trace = trace(ContrastLimits.DEFAULT, null, Sampling.GREEDY);

    assertThat(read(trace)).as("the best of two is read last").containsExactly(2L, 1L);
    assertThat(trace.paths().get(0).prompt().text())
        .as("passages end with their line")
        .contains("the package of a file\nQuestion: ");
    assertThat(trace.sampling().loopPenalty()).isEqualTo(0.5);
    assertThat(trace.k()).as("nobody said").isNull();
  }

  @Test
  void aSettingThatIsWrittenWinsAlsoWhereItIsTheUsualValue() throws Exception {
    assertThat(read(trace(set("KVASIR_RETRIEVE_K", "4"), null, Sampling.GREEDY))).hasSize(3);
    assertThat(read(trace(set("KVASIR_RETRIEVE_K", "1"), null, Sampling.GREEDY))).hasSize(1);
  }

  @Test
  void aQuestionWins() throws Exception {
    Sampling sampling = Sampling.builder().loopPenalty(0.0).build();
    Trace trace = trace(set("KVASIR_RETRIEVE_K", "1"), 3, sampling);

    assertThat(read(trace)).hasSize(3);
    assertThat(trace.sampling().loopPenalty()).isZero();
    assertThat(trace.k()).isEqualTo(3);
  }

  private static ContrastLimits set(String variable, String value) throws Exception {
    return ContrastLimits.of(
        ServerSettings.ALL.load(Path.of("no such file"), Map.of(variable, value)));
  }

  private static List<Long> read(Trace trace) {
    return trace.paths().get(0).passages().stream()
        .filter(passage -> passage.inPrompt() != null)
        .map(PathTrace.PassageTrace::id)
        .toList();
  }

  @Test
  void anAnswerBeginsAsItSuitsTheDecoderAndAFewWordsAreSaidAtOnce() throws Exception {
    assertThat(answer(AnswerStyle.ANSWER)).isEqualTo("The answer isyes");
    assertThat(answer(AnswerStyle.SHORT)).isEqualTo("yes");
  }

  private String answer(AnswerStyle style) throws Exception {
    return trace(ContrastLimits.DEFAULT, null, Sampling.GREEDY, style).paths().get(0).answer();
  }

  private Trace trace(ContrastLimits limits, Integer k, Sampling sampling) throws Exception {
    return trace(limits, k, sampling, AnswerStyle.SHORT);
  }

  private Trace trace(ContrastLimits limits, Integer k, Sampling sampling, AnswerStyle style)
      throws Exception {
    return contrasts.finished(
        contrasts.service(limits),
        new ContrastRequest(
            "the package of a file",
            null,
            Shelf.NAME,
            Scope.ALL,
            List.of(AnswerPath.RAG),
            null,
            style,
            sampling,
            k,
            null));
  }
}
