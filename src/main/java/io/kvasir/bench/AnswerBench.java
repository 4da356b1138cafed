package io.kvasir.bench;

import io.kvasir.contrast.PromptWriter;
import io.kvasir.core.Passage;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Sampling;
import io.kvasir.evaluate.AnswerScore;
import io.kvasir.evaluate.Bootstrap;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.evaluate.dataset.SourceDocument;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Generator;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How well a decoder answers with the gold paragraph in its prompt, and without: the same prompts
 * as in the product, greedy, 32 tokens.
 */
public final class AnswerBench {
  private static final Sampling SHORT_GREEDY = new Sampling(0, 1, 0, 0, 1, 0, 32, List.of());

  private final Generator generator;
  private final String language;
  private final int together;

  /**
   * A bench of one decoder.
   *
   * @param generator the decoder
   * @param language of the prompts
   * @param together how many questions are answered at the same time
   */
  public AnswerBench(Generator generator, String language, int together) {
    this.generator = generator;
    this.language = language;
    this.together = together;
  }

  /** Answers every question with and without its paragraph and prints both rows. Blocks. */
  public void run(Dataset set, boolean showAnswers, PrintStream out) {
    out.printf(
        "%s %s, %d questions, greedy, %d tokens%n",
        generator.description().name(),
        generator.description().format(),
        set.questions().size(),
        SHORT_GREEDY.maxTokens());
    out.println("| prompt | EM | F1 | contained |");
    out.println("|---|---|---|---|");
    row("gold paragraph", answers(set, true), set, showAnswers, out);
    row("no paragraph", answers(set, false), set, false, out);
  }

  private void row(
      String name, List<String> answers, Dataset set, boolean showAnswers, PrintStream out) {
    List<AnswerScore> scores = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      LabelledQuestion question = set.questions().get(i);
      scores.add(AnswerScore.of(answers.get(i), question.answers(), set.language()));
      if (showAnswers) {
        out.printf(
            "  %s | %s | %s%n",
            question.text(),
            String.join(" / ", question.answers()),
            answers.get(i).replace('\n', ' '));
      }
    }
    out.printf(
        "| %s | %s | %s | %s |%n",
        name,
        mean(scores, AnswerScore::exactMatch),
        mean(scores, AnswerScore::f1),
        mean(scores, AnswerScore::contained));
  }

  private static Bootstrap mean(List<AnswerScore> scores, ToDoubleFunction<AnswerScore> measure) {
    return Bootstrap.of(scores.stream().mapToDouble(measure).toArray());
  }

  private List<String> answers(Dataset set, boolean withParagraph) {
    List<String> answers = new ArrayList<>();
    Map<String, SourceDocument> documents = set.documentsById();
    List<LabelledQuestion> questions = set.questions();
    for (int from = 0; from < questions.size(); from += together) {
      List<LabelledQuestion> wave =
          questions.subList(from, Math.min(from + together, questions.size()));
      List<Collector> collectors = wave.stream().map(question -> new Collector()).toList();
      List<GenerationRequest> requests =
          wave.stream()
              .map(
                  question ->
                      request(
                          question, withParagraph ? documents.get(Dataset.best(question)) : null))
              .toList();
      generator.start(requests, collectors);
      collectors.forEach(collector -> answers.add(collector.answer().strip()));
    }
    return answers;
  }

  private GenerationRequest request(LabelledQuestion question, @Nullable SourceDocument paragraph) {
    List<Passage> passages =
        paragraph != null
            ? List.of(
                new Passage(
                    1,
                    1,
                    paragraph.title(),
                    "",
                    0,
                    "",
                    null,
                    0,
                    paragraph.text().length(),
                    paragraph.text(),
                    paragraph.text()))
            : List.of();
    return new GenerationRequest(
        generator.prompt(new PromptWriter(language).messages(passages, question.text())),
        SHORT_GREEDY,
        false);
  }

  private static final class Collector implements java.util.function.Consumer<GenerationEvent> {
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<String> whole = new CompletableFuture<>();

    @Override
    public void accept(GenerationEvent event) {
      if (event instanceof GenerationEvent.Token token) {
        text.append(token.text());
      } else if (event instanceof GenerationEvent.Finished finished) {
        whole.complete(text + finished.tail());
      } else if (event instanceof GenerationEvent.Failed failed) {
        whole.completeExceptionally(failed.problem());
      }
    }

    String answer() {
      try {
        return whole.join();
      } catch (java.util.concurrent.CompletionException e) {
        throw new ProblemException(
            ProblemException.Kind.UNAVAILABLE, "the decoder failed: " + e.getMessage(), e);
      }
    }
  }
}
