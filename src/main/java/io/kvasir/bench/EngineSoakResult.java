package io.kvasir.bench;

import io.kvasir.generate.Generator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a soak found.
 *
 * @param outcomes how many requests went which way
 * @param perSecond requests a second
 * @param cached share of the prompts' tokens that were in the cache
 * @param wholeBeginnings share of the prompts of which all was there that they share with earlier
 *     ones; of the others another prompt had taken the slot
 * @param load how busy the decoder is afterwards
 * @param marks memory after every tenth of the requests
 */
record EngineSoakResult(
    Map<EngineSoak.Outcome, Integer> outcomes,
    double perSecond,
    double cached,
    double wholeBeginnings,
    Generator.Load load,
    List<EngineMemory> marks) {

  /** Resident memory at the end, over that after the first tenth. */
  double growth() {
    return marks.get(marks.size() - 1).resident() / marks.get(0).resident();
  }

  /** For the report, in the order in which it is shown. */
  Map<String, String> facts() {
    int requests = outcomes.values().stream().mapToInt(Integer::intValue).sum();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("soak", format("%d requests, %.1f a second: %s", requests, perSecond, outcomes));
    facts.put(
        "soak, prefix cache",
        format(
            "%.0f %% of the prompts' tokens found there; %.0f %% of the prompts found all that they share with earlier ones",
            100 * cached, 100 * wholeBeginnings));
    facts.put("soak, afterwards", format("%d running, %d waiting", load.running(), load.waiting()));
    facts.put("soak, resident MiB at each tenth", series(EngineMemory::resident));
    facts.put("soak, Java heap MiB", series(EngineMemory::heap));
    facts.put("soak, direct buffers MiB", series(EngineMemory::direct));
    facts.put("soak, direct buffers MiB before collecting", series(EngineMemory::directBefore));
    return facts;
  }

  private String series(ToDoubleFunction<EngineMemory> value) {
    return marks.stream()
        .map(mark -> format("%.1f", value.applyAsDouble(mark)))
        .collect(Collectors.joining(", "));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
