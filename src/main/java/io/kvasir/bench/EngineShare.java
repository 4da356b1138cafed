package io.kvasir.bench;

import io.kvasir.generate.Generation;
import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Prompt;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What is measured against the decoder itself: how much dearer one thing is than another. */
enum EngineShare {
  /** A step that somebody watches, less one that nobody does. */
  WATCHING_SHORT("watching every token, 500 tokens of context: more than decode alone", 0.05),
  /** The same behind a long prompt. */
  WATCHING_LONG("watching every token, 2,000 tokens of context: more than decode alone", 0.10),
  /** Attention of all layers and heads of an answer, computed afterwards. */
  ALL_HEADS("all layers and heads of an answer afterwards : its decode time", 0.5),
  /** A step of two answers against one of one. */
  TWO_PATHS("two paths of a contrast together : one alone, per step", 1.3),
  /** Time to first token with the passages in the cache. */
  PREFIX_KEPT("first token over the same passages again : the first time", 0.2),
  /** What of a step does not pass in the runtime. */
  JAVA("Java's own share of a decode step", 0.05),
  /** The slowest steps of others while a long prompt is read. */
  STALL("steps while 2,000 tokens are read, p99 : undisturbed median", 5),
  /** Reading that prompt while others answer. */
  SLOWED_READING("those 2,000 tokens read beside 2 answers : read alone", 1.5);

  /** What two questions over the same passages differ in. */
  private static final int QUESTION = 20;

  private static final int WATCHING_TURNS = 8;

  private final String title;
  private final double most;

  EngineShare(String title, double most) {
    this.title = title;
    this.most = most;
  }

  /** What is divided by what. */
  String title() {
    return title;
  }

  /** The goal: no more than this. */
  double most() {
    return most;
  }

  /** Measures all of them once. */
  static Map<EngineShare, Double> measure(EngineLoad load, TimedDecoder decoder) {
    Map<EngineShare, Double> shares = new EnumMap<>(EngineShare.class);
    Prompt near = load.answered(EngineSpeed.SHORT);
    shares.put(WATCHING_SHORT, watching(load, near));
    shares.put(WATCHING_LONG, watching(load, load.answered(EngineSpeed.LONG)));
    shares.put(ALL_HEADS, allHeads(load, near));
    shares.put(JAVA, java(load, near, decoder));
    shares.put(TWO_PATHS, twoPaths(load, near));
    shares.put(PREFIX_KEPT, prefixKept(load));
    longPrompt(load, shares);
    return shares;
  }

  /** Plain and watched in turns, each as often first, so that one slow moment does not decide. */
  static double watching(EngineLoad load, Prompt prompt) {
    List<List<Double>> steps = List.of(new ArrayList<>(), new ArrayList<>());
    for (int turn = 0; turn < WATCHING_TURNS; turn++) {
      boolean watched = turn % 4 == 1 || turn % 4 == 2;
      Stopwatch watch =
          load.play(List.of(EngineLoad.request(prompt, EngineLoad.TOKENS, watched))).get(0);
      steps.get(watched ? 1 : 0).addAll(watch.stepSeconds(Long.MIN_VALUE, Long.MAX_VALUE));
    }
    return Series.quantile(steps.get(1), 0.5) / Series.quantile(steps.get(0), 0.5) - 1;
  }

  private static double allHeads(EngineLoad load, Prompt prompt) {
    Stopwatch answer =
        load.play(List.of(EngineLoad.request(prompt, EngineLoad.TOKENS, false))).get(0);
    long begin = System.nanoTime();
    load.generator().read(load.reading(prompt, answer.ids())).join();
    return (System.nanoTime() - begin) / 1e9 / answer.answerSeconds();
  }

  private static double java(EngineLoad load, Prompt prompt, TimedDecoder decoder) {
    decoder.reset();
    Stopwatch watch =
        load.play(List.of(EngineLoad.request(prompt, EngineLoad.TOKENS, false))).get(0);
    return 1 - decoder.medianStepSeconds() / watch.medianStepSeconds();
  }

  private static double twoPaths(EngineLoad load, Prompt prompt) {
    Prompt other = load.withOtherEnd(prompt, EngineSpeed.SHORT / 2);
    GenerationRequest one = EngineLoad.request(prompt, EngineLoad.TOKENS, false);
    GenerationRequest two = EngineLoad.request(other, EngineLoad.TOKENS, false);
    // Both prompts are in the cache then, so that no step waits for one that is read.
    load.play(List.of(two));
    double alone = load.play(List.of(one)).get(0).medianStepSeconds();
    return load.play(List.of(one, two)).get(0).medianStepSeconds() / alone;
  }

  private static double prefixKept(EngineLoad load) {
    Prompt prompt = load.prompt(EngineSpeed.READ);
    double first = load.firstTokenSeconds(prompt);
    return load.firstTokenSeconds(load.withOtherEnd(prompt, QUESTION)) / first;
  }

  /** Two answers are under way when a long prompt comes. */
  private static void longPrompt(EngineLoad load, Map<EngineShare, Double> shares) {
    double alone = load.firstTokenSeconds(load.prompt(EngineSpeed.LONG));
    Stopwatch one = new Stopwatch();
    Stopwatch two = new Stopwatch();
    List<Generation> running =
        List.of(
            load.start(EngineLoad.request(load.prompt(100), 900, false), one),
            load.start(EngineLoad.request(load.prompt(100), 900, false), two));
    one.awaitFirst();
    two.awaitFirst();
    pause();
    long begin = System.nanoTime();
    double beside = load.firstTokenSeconds(load.prompt(EngineSpeed.LONG));
    long end = System.nanoTime();
    running.forEach(Generation::cancel);
    one.await();
    two.await();
    List<Double> before = one.stepSeconds(Long.MIN_VALUE, begin);
    List<Double> during = one.stepSeconds(begin, end);
    if (before.size() > 8 && during.size() > 8) {
      shares.put(STALL, Series.quantile(during, 0.99) / Series.quantile(before, 0.5));
      shares.put(SLOWED_READING, beside / alone);
    }
  }

  /** Long enough for some undisturbed steps. */
  private static void pause() {
    try {
      Thread.sleep(600);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
