package io.kvasir.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Sampling;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.EngineOptions;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Message;
import io.kvasir.generate.Prompt;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How fast a decoder reads and answers: one stream, several together, with and without a watcher.
 * What is compared is measured in turns, so that a busy machine slows both sides alike. Medians of
 * rounds.
 */
final class EngineBench {
  private static final int TOKENS = 48;
  private static final int SLOTS = 4;
  private static final int CONTEXT = 4_096;

  private final BatchingGenerator generator;
  private final PrintStream out;
  private final int rounds;
  private final Map<String, Double> results = new LinkedHashMap<>();
  private final Random random = new Random(1);
  private final int[] words;

  EngineBench(BatchingGenerator generator, PrintStream out, int rounds) {
    this.generator = generator;
    this.out = out;
    this.rounds = rounds;
    Message text =
        Message.of(
            Message.Role.USER,
            PromptPart.Kind.QUESTION,
            "The harbour was full of small boats that had come in before the storm, and the people "
                + "on the quay counted them again and again, naming each by its owner and its port.");
    this.words = generator.prompt(List.of(text)).ids();
  }

  /** How the decoder is run that is measured. */
  static EngineOptions options(int threads) {
    EngineOptions defaults = EngineOptions.DEFAULTS;
    return new EngineOptions(
        threads,
        SLOTS,
        CONTEXT,
        defaults.queue(),
        defaults.prefillChunk(),
        defaults.interleavedChunk(),
        defaults.deadline(),
        List.of());
  }

  /** Measures everything and prints a table. Blocks. */
  void run() {
    out.printf(
        "%s %s, %d processors, Java %s, %d rounds of %d tokens%n",
        generator.description().name(),
        generator.description().format(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().feature(),
        rounds,
        TOKENS);
    out.println("| measure | median |");
    out.println("|---|---|");
    decode(64, 1);
    reading(500);
    reading(1_000);
    watching(500);
    watching(2_000);
    for (int streams = 2; streams <= SLOTS; streams++) {
      decode(500, streams);
    }
    again(1_000);
  }

  private void reading(int tokens) {
    double[] seconds = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      seconds[round] = play(List.of(request(prompt(tokens), 1, false))).get(0).firstTokenSeconds();
    }
    row("prefill of %d, tok/s".formatted(tokens), tokens / median(seconds));
    row("first token after %d, ms".formatted(tokens), 1e3 * median(seconds));
  }

  private void decode(int tokens, int streams) {
    double[] steps = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      List<GenerationRequest> requests = new ArrayList<>();
      Prompt common = prompt(tokens);
      for (int stream = 0; stream < streams; stream++) {
        requests.add(request(common, TOKENS, false));
      }
      steps[round] = play(requests).get(streams - 1).medianStepSeconds();
    }
    row("decode at %d, %d together, tok/s".formatted(tokens, streams), streams / median(steps));
  }

  private void watching(int tokens) {
    double[][] steps = new double[2][rounds];
    for (int round = 0; round < rounds; round++) {
      Prompt prompt = prompt(tokens);
      for (int watched = 0; watched < 2; watched++) {
        steps[watched][round] =
            play(List.of(request(prompt, TOKENS, watched == 1))).get(0).medianStepSeconds();
      }
    }
    row("decode at %d, tok/s".formatted(tokens), 1 / median(steps[0]));
    row("decode at %d, watched, tok/s".formatted(tokens), 1 / median(steps[1]));
    row(
        "cost of watching at %d, %%".formatted(tokens),
        100 * (median(steps[1]) / median(steps[0]) - 1));
  }

  private void again(int tokens) {
    double[] first = new double[rounds];
    double[] second = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      Prompt prompt = prompt(tokens);
      int[] other = prompt.ids().clone();
      Arrays.fill(other, tokens - 20, tokens, words[5]);
      first[round] = play(List.of(request(prompt, 1, false))).get(0).firstTokenSeconds();
      second[round] = play(List.of(request(of(other), 1, false))).get(0).firstTokenSeconds();
    }
    row("first token, same %d again : fresh".formatted(tokens), median(second) / median(first));
  }

  private List<Stopwatch> play(List<GenerationRequest> requests) {
    List<Stopwatch> watches = requests.stream().map(request -> new Stopwatch()).toList();
    generator.start(requests, watches);
    watches.forEach(Stopwatch::await);
    return watches;
  }

  private static GenerationRequest request(Prompt prompt, int maxTokens, boolean watch) {
    return new GenerationRequest(
        prompt, new Sampling(0.8, 1, 40, 0, 1, 1, maxTokens, List.of()), watch);
  }

  /** Words in a random order: nothing of it is in the cache. */
  private Prompt prompt(int tokens) {
    return of(random.ints(tokens, 5, words.length - 5).map(place -> words[place]).toArray());
  }

  private static Prompt of(int[] ids) {
    return new Prompt(
        ids,
        "",
        List.of(
            new PromptPart(PromptPart.Kind.SINK, 1, null),
            new PromptPart(PromptPart.Kind.PASSAGE, ids.length - 1, null)));
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void row(String name, double value) {
    results.put(name, value);
    out.printf("| %s | %.2f |%n", name, value);
  }

  /** Writes the table as {@code engine.json} into a folder. */
  void write(Path folder) {
    try {
      Files.createDirectories(folder);
      new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValue(folder.resolve("engine.json").toFile(), results);
    } catch (IOException e) {
      throw new ProblemException(
          ProblemException.Kind.UNAVAILABLE, folder + " cannot be written: " + e.getMessage(), e);
    }
  }
}
