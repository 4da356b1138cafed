package io.kvasir.bench;

import io.kvasir.contrast.PromptWriter;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.PathEvidence;
import io.kvasir.core.PathEvidence.PassageEvidence;
import io.kvasir.evidence.EvidenceMeasurement;
import io.kvasir.evidence.WrittenAnswer;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Prompt;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures, question by question and order by order, what every signal says of the passages and
 * what taking each of them away does to the decoder's own answer.
 */
final class EvidenceBench {
  private static final int ANSWER_TOKENS = 24;

  private final Generator generator;
  private final String language;
  private final int masks;
  private final int orders;

  /**
   * A bench of one decoder.
   *
   * @param language of the prompts
   * @param masks random choices of passages that are read too; 0 for none
   * @param orders in how many orders the passages of each question are read
   */
  EvidenceBench(Generator generator, String language, int masks, int orders) {
    this.generator = generator;
    this.language = language;
    this.masks = masks;
    this.orders = orders;
  }

  /**
   * Measures until everything is in the file or the time is over. Blocks.
   *
   * @param file gets a line for each question and order; what is in it is not measured again
   * @param untilNanos when no further question is begun, by {@link System#nanoTime()}
   */
  void run(List<PassageQuiz> quizzes, Path file, long untilNanos) {
    List<EvidenceRow> known = EvidenceRow.read(file);
    for (PassageQuiz quiz : quizzes) {
      for (int order = 0; order < orders; order++) {
        int now = order;
        boolean done =
            known.stream()
                .anyMatch(
                    row ->
                        row.question().equals(quiz.id())
                            && row.order() == now
                            && row.model().equals(generator.description().name()));
        if (!done) {
          EvidenceRow row = measure(quiz.shuffled(order), order);
          if (row != null) {
            row.append(file);
          }
        }
      }
      if (System.nanoTime() > untilNanos) {
        return;
      }
    }
  }

  /** Null if the decoder said nothing, of which no passage can be the reason. */
  private @Nullable EvidenceRow measure(PassageQuiz quiz, int order) {
    Prompt prompt =
        generator.prompt(
            new PromptWriter(language, AnswerStyle.SHORT)
                .messages(quiz.passages(), quiz.question()));
    ShortAnswer answer = ShortAnswer.to(prompt, ANSWER_TOKENS, generator);
    if (answer.ids().length == 0) {
      return null;
    }
    PathEvidence found =
        new EvidenceMeasurement(
                generator,
                new WrittenAnswer(quiz.question(), prompt.ids(), prompt.parts(), answer.ids()),
                masks)
            .run(done -> {});
    return new EvidenceRow(
        generator.description().name(),
        quiz.id(),
        order,
        quiz.gold(),
        answer.text(),
        found.logprob() - found.withoutDocuments(),
        found.origins().documents(),
        found.origins().known(),
        found.origins().neither(),
        values(found, PassageEvidence::delta),
        signals(quiz, order, found));
  }

  private Map<String, double[]> signals(PassageQuiz quiz, int order, PathEvidence found) {
    Map<String, double[]> signals = new LinkedHashMap<>();
    if (masks > 0) {
      signals.put("ContextCite", values(found, each -> Objects.requireNonNull(each.attribution())));
    }
    signals.put("retrieval score (cosine)", quiz.meaning());
    signals.put("BM25", quiz.words());
    signals.put("raw mass", values(found, PassageEvidence::mass));
    signals.put("share without the sink", values(found, PassageEvidence::share));
    signals.put("lift", values(found, PassageEvidence::lift));
    signals.put("calibrated mass", values(found, PassageEvidence::calibrated));
    if (!generator.description().bestHeads().isEmpty()) {
      signals.put("best heads", values(found, each -> Objects.requireNonNull(each.bestHeads())));
    }
    Random random = new Random(31L * quiz.id().hashCode() + order);
    signals.put("random", random.doubles(quiz.passages().size()).toArray());
    signals.put("uniform (length)", values(found, each -> each.mass() / each.lift()));
    signals.put("position (last first)", values(found, PassageEvidence::position));
    return signals;
  }

  private static double[] values(PathEvidence found, ToDoubleFunction<PassageEvidence> value) {
    return found.passages().stream().mapToDouble(value).toArray();
  }
}
