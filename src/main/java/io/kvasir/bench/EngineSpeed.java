package io.kvasir.bench;

import io.kvasir.generate.GenerationRequest;
import io.kvasir.generate.Prompt;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a decoder's speed is compared in with others: tokens a second of four kinds of work. */
enum EngineSpeed {
  /** One answer behind a short prompt. */
  DECODE_SHORT("decode, one stream, 500 tokens of context", 1.3, 1.0),
  /** One answer behind a long prompt. */
  DECODE_LONG("decode, one stream, 2,000 tokens of context", 1.3, 1.0),
  /** Several answers in one batch. */
  DECODE_TOGETHER("decode, 4 streams together, 500 tokens of context", 1.5, Double.NaN),
  /** Reading a prompt. */
  PREFILL("prefill of 1,000 tokens", 1.4, 1.0);

  static final int SHORT = 500;
  static final int LONG = 2_000;
  static final int STREAMS = 4;
  static final int READ = 1_000;

  private final String title;
  private final double goal;
  private final double smallGoal;

  EngineSpeed(String title, double goal, double smallGoal) {
    this.title = title;
    this.goal = goal;
    this.smallGoal = smallGoal;
  }

  /** What is done. */
  String title() {
    return title;
  }

  /** How many times the speed of the peer's 8-bit format is wanted. */
  double goal() {
    return goal;
  }

  /** The same for its 4-bit format; not a number if nothing is wanted. */
  double smallGoal() {
    return smallGoal;
  }

  /** Measures all but {@link #PREFILL}, and what watching costs, once. */
  static Map<EngineSpeed, Double> decode(EngineLoad load) {
    Map<EngineSpeed, Double> speeds = new EnumMap<>(EngineSpeed.class);
    Prompt near = load.answered(SHORT);
    speeds.put(DECODE_SHORT, 1 / step(load, near, 1));
    speeds.put(DECODE_TOGETHER, STREAMS / step(load, near, STREAMS));
    speeds.put(DECODE_LONG, 1 / step(load, load.answered(LONG), 1));
    return speeds;
  }

  private static double step(EngineLoad load, Prompt prompt, int streams) {
    GenerationRequest request = EngineLoad.request(prompt, EngineLoad.TOKENS, false);
    List<Stopwatch> watches = load.play(EngineLoad.copies(request, streams));
    return watches.get(streams - 1).medianStepSeconds();
  }
}
