package io.kvasir.bench;

import io.kvasir.contrast.PromptWriter;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.Passage;
import io.kvasir.core.PromptPart;
import io.kvasir.evaluate.AnswerScore;
import io.kvasir.evaluate.Bootstrap;
import io.kvasir.evaluate.PairedDifference;
import io.kvasir.evaluate.dataset.Dataset;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Prompt;
import io.kvasir.generate.PromptRows;
import io.kvasir.generate.ReadingRequest;
import io.kvasir.generate.StoredRows;
import io.kvasir.memory.Strategy;
import io.kvasir.memory.Strategy.Block;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Answers the same questions from the text of passages and from their stored rows, by everything
 * that can be done with those. Rows are kept in this process; what PostgreSQL adds is measured with
 * the server.
 */
final class MemoryBench {
  private static final int[] NOTHING = {};

  private final Generator generator;
  private final PromptWriter writer;
  private final String language;
  private final int tokens;
  private final PrintStream out;

  MemoryBench(
      Generator generator, AnswerDefaults defaults, String language, int tokens, PrintStream out) {
    this.generator = generator;
    this.writer = new PromptWriter(language, AnswerStyle.ANSWER, defaults);
    this.language = language;
    this.tokens = tokens;
    this.out = out;
  }

  /** What an answer was. */
  private record Answered(int[] ids, double f1, double contained) {}

  /**
   * A way to have passages in a prompt.
   *
   * @param bestLast whether the passage that fits best stands last, or first
   * @param rows what of the prompt is not read
   */
  private record Way(boolean bestLast, Function<Prompt, PromptRows> rows) {}

  private Map<String, Way> ways() {
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("text", new Way(true, prompt -> PromptRows.none()));
    ways.put("text, best first", new Way(false, prompt -> PromptRows.none()));
    for (boolean bestLast : List.of(true, false)) {
      String order = bestLast ? "" : ", best first";
      ways.put(
          "naive (each read alone)" + order,
          new Way(bestLast, prompt -> placed(Strategy.SHARED_PREFIX, blocks(prompt, 1))));
      for (Strategy strategy : Strategy.values()) {
        ways.put(
            strategy + order,
            new Way(bestLast, prompt -> placed(strategy, blocks(prompt, prompt.firstPassage()))));
      }
    }
    ways.put(
        "shared-prefix, the last one (the best) read as text",
        new Way(true, prompt -> placed(Strategy.SHARED_PREFIX, allButLast(prompt))));
    return ways;
  }

  private List<Block> allButLast(Prompt prompt) {
    List<Block> blocks = blocks(prompt, prompt.firstPassage());
    return blocks.subList(0, blocks.size() - 1);
  }

  private List<Block> blocks(Prompt prompt, int context) {
    return blocks(prompt, context, AttentionPrecision.FLOAT16);
  }

  /** The passages by how well they fit, as the encoder has it. */
  private static List<Passage> ordered(PassageQuiz quiz, boolean bestLast) {
    Comparator<Integer> best = Comparator.comparingDouble(place -> -quiz.meaning()[place]);
    return IntStream.range(0, quiz.passages().size())
        .boxed()
        .sorted(bestLast ? best.reversed() : best)
        .map(quiz.passages()::get)
        .toList();
  }

  /** F1 and more of every way, over the same questions. */
  void strategies(List<PassageQuiz> quizzes, Dataset asked) {
    Map<String, List<String>> gold =
        asked.questions().stream()
            .collect(Collectors.toMap(LabelledQuestion::id, LabelledQuestion::answers));
    Map<String, List<Answered>> answers = new LinkedHashMap<>();
    int done = 0;
    for (PassageQuiz quiz : quizzes) {
      ways()
          .forEach(
              (name, way) -> {
                Prompt prompt = prompt(ordered(quiz, way.bestLast()), quiz.question());
                answers
                    .computeIfAbsent(name, any -> new ArrayList<>())
                    .add(
                        answered(
                            prompt,
                            way.rows().apply(prompt),
                            gold.getOrDefault(quiz.id(), List.of())));
              });
      System.err.printf("%d of %d%n", ++done, quizzes.size());
    }
    out.printf(
        "%s: %d questions, %d passages each, greedy, at most %d tokens%n",
        generator.description().name(), quizzes.size(), quizzes.get(0).passages().size(), tokens);
    out.println("| passages | F1 | less than text | contained | same tokens as text |");
    out.println("|---|---|---|---|---|");
    List<Answered> text = answers.getOrDefault("text", List.of());
    answers.forEach(
        (name, given) ->
            out.printf(
                "| %s | %.3f | %s | %.3f | %.3f |%n",
                name,
                Bootstrap.of(values(given, Answered::f1)).mean(),
                PairedDifference.of(values(text, Answered::f1), values(given, Answered::f1))
                    .difference(),
                Bootstrap.of(values(given, Answered::contained)).mean(),
                same(text, given)));
  }

  private static double[] values(List<Answered> answers, Function<Answered, Double> value) {
    return answers.stream().mapToDouble(value::apply).toArray();
  }

  private static double same(List<Answered> one, List<Answered> other) {
    return IntStream.range(0, one.size())
            .filter(i -> Arrays.equals(one.get(i).ids(), other.get(i).ids()))
            .count()
        / (double) one.size();
  }

  /** Answers from one passage: from its text, and from its rows in single and half precision. */
  void identity(List<PassageQuiz> quizzes) {
    int single = 0;
    int half = 0;
    for (PassageQuiz quiz : quizzes) {
      Prompt prompt = prompt(List.of(quiz.passages().get(quiz.gold())), quiz.question());
      int[] text = ShortAnswer.to(prompt, opening(), PromptRows.none(), tokens, generator).ids();
      single += equal(text, prompt, AttentionPrecision.FLOAT32) ? 1 : 0;
      half += equal(text, prompt, AttentionPrecision.FLOAT16) ? 1 : 0;
    }
    out.printf(
        "One passage, read where it was written: same tokens as from its text for %d of %d questions in single precision, %d in half%n",
        single, quizzes.size(), half);
  }

  private boolean equal(int[] text, Prompt prompt, AttentionPrecision precision) {
    PromptRows rows =
        placed(Strategy.SHARED_PREFIX, blocks(prompt, prompt.firstPassage(), precision));
    return Arrays.equals(text, ShortAnswer.to(prompt, opening(), rows, tokens, generator).ids());
  }

  /** Time to the first token of prompts whose passages nobody read before, in turns. */
  void firstToken(List<PassageQuiz> quizzes) {
    double[] text = new double[quizzes.size()];
    double[] memory = new double[quizzes.size()];
    int[] lengths = new int[quizzes.size()];
    int pairs = quizzes.size() / 2;
    for (int i = 0; i < pairs; i++) {
      PassageQuiz one = quizzes.get(2 * i);
      Prompt read = prompt(one.passages(), one.question() + " ");
      text[i] = firstToken(fresh(read, i), PromptRows.none());
      Prompt stored = fresh(read, pairs + i);
      lengths[i] = stored.ids().length;
      PromptRows rows = placed(Strategy.SHARED_PREFIX, blocks(stored, stored.firstPassage()));
      memory[i] = firstToken(stored, rows);
    }
    out.printf(
        "First token over %d prompts of %d tokens (median): %.0f ms from text, %.0f ms from rows that are in this process%n",
        pairs,
        (int)
            Series.quantile(
                IntStream.range(0, pairs).mapToObj(i -> (double) lengths[i]).toList(), 0.5),
        Series.quantile(Arrays.stream(text, 0, pairs).boxed().toList(), 0.5),
        Series.quantile(Arrays.stream(memory, 0, pairs).boxed().toList(), 0.5));
  }

  /** The same prompt with its passages rotated by some tokens: nobody has read those yet. */
  private static Prompt fresh(Prompt prompt, int by) {
    int[] ids = prompt.ids().clone();
    int at = 0;
    for (PromptPart part : prompt.parts()) {
      if (part.passageId() != null) {
        for (int i = 0; i < part.tokens(); i++) {
          ids[at + i] = prompt.ids()[at + (i + 7 * by + 1) % part.tokens()];
        }
      }
      at += part.tokens();
    }
    return new Prompt(ids, prompt.text(), prompt.parts());
  }

  private double firstToken(Prompt prompt, PromptRows rows) {
    long begin = System.nanoTime();
    ShortAnswer.to(prompt, opening(), rows, 1, generator);
    return (System.nanoTime() - begin) / 1e6;
  }

  private Prompt prompt(List<Passage> passages, String question) {
    return generator.prompt(writer.messages(passages, question));
  }

  private int[] opening() {
    return generator.tokens(writer.opening());
  }

  private Answered answered(Prompt prompt, PromptRows rows, List<String> gold) {
    ShortAnswer answer = ShortAnswer.to(prompt, opening(), rows, tokens, generator);
    AnswerScore score = AnswerScore.of(answer.text(), gold, language);
    return new Answered(answer.ids(), score.f1(), score.contained());
  }

  private static PromptRows placed(Strategy strategy, List<Block> blocks) {
    return PromptRows.known(strategy.place(blocks), () -> {});
  }

  /** Each passage of a prompt, read behind so many first tokens. */
  private List<Block> blocks(Prompt prompt, int context, AttentionPrecision precision) {
    List<Block> blocks = new ArrayList<>();
    int at = 0;
    for (PromptPart part : prompt.parts()) {
      if (part.passageId() != null) {
        int[] ids =
            IntStream.concat(
                    Arrays.stream(prompt.ids(), 0, context),
                    Arrays.stream(prompt.ids(), at, at + part.tokens()))
                .toArray();
        blocks.add(new Block(read(ids, context, precision), at));
      }
      at += part.tokens();
    }
    return blocks;
  }

  private StoredRows read(int[] ids, int first, AttentionPrecision precision) {
    CompletableFuture<StoredRows> rows = new CompletableFuture<>();
    generator
        .read(
            new ReadingRequest(ids, NOTHING, 1, null)
                .with(PromptRows.wanted(first, ids.length, precision, rows::complete)))
        .join();
    return rows.join();
  }
}
