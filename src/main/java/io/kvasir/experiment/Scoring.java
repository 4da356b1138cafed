package io.kvasir.experiment;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathTrace;
import io.kvasir.core.PathTrace.PassageTrace;
import io.kvasir.evaluate.AnswerMeasures;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.RankingScore;
import io.kvasir.evaluate.Repetition;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.generate.GenerationEvent.FinishReason;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an answer is worth, by every measure that applies to it. */
final class Scoring {
  private final String language;

  /**
   * A scoring.
   *
   * @param language of questions and answers
   */
  Scoring(String language) {
    this.language = language;
  }

  /** The values of an answer that never came: to say nothing for that reason is right nowhere. */
  Map<Measure, Double> values(LabelledQuestion question) {
    Map<Measure, Double> values = said(question, "");
    values.replaceAll((measure, value) -> 0.0);
    return values;
  }

  /** The values of a path's answer. */
  Map<Measure, Double> values(
      LabelledQuestion question, PathTrace path, @Nullable Double goldLogProbability) {
    Map<Measure, Double> values = said(question, path.answer());
    PathTrace.PromptTrace prompt = path.prompt();
    boolean loops = Repetition.loops(path.answer(), prompt == null ? "" : prompt.text(), language);
    values.put(Measure.LOOPS, loops ? 1.0 : 0.0);
    values.put(Measure.REPEATED, ended(path, FinishReason.REPETITION));
    values.put(Measure.CUT, ended(path, FinishReason.LENGTH));
    if (goldLogProbability != null) {
      values.put(Measure.GOLD_LOGPROB, goldLogProbability);
    }
    if (question.answerable() && !question.relevant().isEmpty() && !path.passages().isEmpty()) {
      values.put(Measure.GOLD_READ, read(question, path) ? 1.0 : 0.0);
      if (path.path().equals(AnswerPath.RAG)) {
        values.putAll(RankingScore.of(found(path), question.relevant()).values());
      }
    }
    speed(path, values);
    return values;
  }

  private static double ended(PathTrace path, FinishReason reason) {
    return reason.toString().equals(path.finishReason()) ? 1 : 0;
  }

  private Map<Measure, Double> said(LabelledQuestion question, String answer) {
    return AnswerMeasures.of(answer, question.answers(), question.answerable(), language);
  }

  /** Whether a passage that answers was in the prompt. */
  private static boolean read(LabelledQuestion question, PathTrace path) {
    return path.passages().stream()
        .filter(passage -> passage.inPrompt() != null)
        .anyMatch(passage -> answers(passage, question));
  }

  private static boolean answers(PassageTrace passage, LabelledQuestion question) {
    return question.relevant().containsKey(passage.document())
        && (question.answers().isEmpty()
            || question.answers().stream().anyMatch(passage.text()::contains));
  }

  /** The documents that retrieval found, best first. */
  private static List<String> found(PathTrace path) {
    return path.passages().stream()
        .filter(passage -> passage.retrieved() != null)
        .sorted(
            Comparator.comparingInt(passage -> Objects.requireNonNull(passage.retrieved()).rank()))
        .map(PassageTrace::document)
        .toList();
  }

  private static void speed(PathTrace path, Map<Measure, Double> values) {
    PathTrace.PromptTrace prompt = path.prompt();
    Double retrieval = path.timings().retrievalMs();
    if (retrieval != null) {
      values.put(Measure.SEARCH_MS, retrieval);
    }
    if (prompt != null) {
      values.put(Measure.PROMPT_TOKENS, (double) prompt.tokens());
    }
    Double first = path.timings().firstTokenMs();
    Double last = path.timings().totalMs();
    if (first != null && last != null) {
      values.put(Measure.FIRST_TOKEN_MS, first);
      if (path.tokens().size() > 1 && last > first) {
        values.put(Measure.TOKENS_PER_SECOND, (path.tokens().size() - 1) * 1e3 / (last - first));
      }
    }
  }
}
