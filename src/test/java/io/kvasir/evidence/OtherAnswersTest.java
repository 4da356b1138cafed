package io.kvasir.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Trace;
import io.kvasir.core.Workspace;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.ReadingRequest;
import io.kvasir.onnx.OnnxDecoders;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What else the decoder would have written is what a decoder that knows nothing of it says. */
final class OtherAnswersTest extends AnsweredQuestion {
  @Test
  void nextTokensAreWhatTheDecoderWouldHaveDrawn() throws Exception {
    Trace trace = trace(AnswerPath.RAG);
    traces.save(Workspace.ONLY, trace);
    NextTokens found = await(service.nextTokens(Workspace.ONLY, trace.id(), AnswerPath.RAG));

    int[] answer = WrittenAnswer.of(trace, AnswerPath.RAG).answer();
    int[] prompt = WrittenAnswer.of(trace, AnswerPath.RAG).prompt();
    assertThat(found.tokens()).hasSize(answer.length);
    int place = 2;
    NextTokens.Place there = found.tokens().get(place);
    assertThat(there.id()).isEqualTo(answer[place]);
    assertThat(there.candidates()).hasSize(EvidenceLimits.DEFAULT.candidates());
    float[][] logits = new float[answer.length][];
    try (BatchingGenerator fresh = OnnxDecoders.load(folder, OPTIONS)) {
      ReadingRequest reading =
          ReadingRequest.answer(prompt, answer, null)
              .showing((each, seen) -> logits[each] = seen.clone());
      double[] logprobs = fresh.read(reading).get(30, TimeUnit.SECONDS);
      assertThat(there.logprob()).isCloseTo(logprobs[place], within(1e-3));
    }
    List<Double> whole = probabilities(logits[place], 1);
    List<Double> sorted = new ArrayList<>(whole);
    sorted.sort(java.util.Comparator.reverseOrder());
    for (int i = 0; i < there.candidates().size(); i++) {
      NextTokens.Candidate candidate = there.candidates().get(i);
      assertThat(Math.exp(candidate.logprob())).isCloseTo(sorted.get(i), within(1e-4));
      for (int j = 0; j < found.temperatures().size(); j++) {
        double temperature = found.temperatures().get(j);
        assertThat(Math.exp(candidate.logprob() / temperature - there.normalisers().get(j)))
            .isCloseTo(probabilities(logits[place], temperature).get(candidate.id()), within(1e-4));
      }
    }
    double written = whole.get(answer[place]);
    assertThat(there.rank())
        .isEqualTo(1 + (int) whole.stream().filter(each -> each > written).count());
  }

  private static List<Double> probabilities(float[] logits, double temperature) {
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit / temperature);
    }
    List<Double> found = new ArrayList<>();
    for (float logit : logits) {
      found.add(Math.exp(logit / temperature) / sum);
    }
    return found;
  }

  @Test
  void withoutASentenceIsAnsweredAndReadAsThePromptWithoutItsTokens() throws Exception {
    Trace trace = trace(AnswerPath.RAG);
    traces.save(Workspace.ONLY, trace);
    List<PromptSentence> sentences =
        await(service.sentences(Workspace.ONLY, trace.id(), AnswerPath.RAG));
    assertThat(sentences.stream().map(each -> each.text().strip()).toList())
        .containsExactly(
            "Passage: A", TEXTS.get(0), "Passage: A", TEXTS.get(1), "Passage: A", TEXTS.get(2));
    PromptSentence first = sentences.get(1);
    WrittenAnswer written = WrittenAnswer.of(trace, AnswerPath.RAG);
    AnswerWithout found =
        await(
            service.without(
                Workspace.ONLY,
                trace.id(),
                AnswerPath.RAG,
                List.of(new AnswerWithout.Stretch(first.begin(), first.end()))));

    int[] shorter =
        java.util.stream.IntStream.range(0, written.prompt().length)
            .filter(position -> position < first.begin() || position >= first.end())
            .map(position -> written.prompt()[position])
            .toArray();
    try (BatchingGenerator fresh = OnnxDecoders.load(folder, OPTIONS)) {
      double with = Arrays.stream(read(fresh, prompt(passages()), written.answer())).sum();
      double without =
          Arrays.stream(
                  fresh
                      .read(ReadingRequest.answer(shorter, written.answer(), null))
                      .get(30, TimeUnit.SECONDS))
              .sum();
      assertThat(found.logprob()).isCloseTo(with, within(1e-3));
      assertThat(found.without()).isCloseTo(without, within(1e-3));
      assertThat(found.delta()).isCloseTo(with - without, within(2e-3));
    }
    assertThat(found.answer()).isNotEmpty();
    assertThatThrownBy(
            () ->
                await(
                    service.without(
                        Workspace.ONLY,
                        trace.id(),
                        AnswerPath.RAG,
                        List.of(new AnswerWithout.Stretch(0, 2)))))
        .rootCause()
        .hasMessageContaining("not inside of a passage");
  }
}
