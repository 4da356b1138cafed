package io.kvasir.cli;

import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerOpening;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What is tried to find what a decoder answers best with, as factors of an experiment. */
final class TuningPlan {
  private static final String NEARNESS = "nearness";
  private static final String K = "k";
  private static final String ORDER = "order";
  private static final String WORDING = "wording";
  private static final String PENALTY = "loop-penalty";
  private static final String LAST = "last";
  private static final String BLANK_LINE = "blank-line";
  private static final String AND = "+";

  /**
   * In this order, each with what was chosen before it: first what is read, then how. How near is
   * asked before how many, since a cut makes the number a maximum that is hardly ever reached.
   */
  static final List<Step> STEPS =
      List.of(
          new Step(NEARNESS, List.of("0.9", "0.95", "0.98", "1.0")),
          new Step(K, List.of("2", "4", "8")),
          new Step(ORDER, List.of("first", LAST)),
          new Step(WORDING, wordings()),
          new Step(PENALTY, List.of("1.0", "3.0", "5.0")));

  private TuningPlan() {}

  /**
   * One setting.
   *
   * @param tried its values
   */
  record Step(String factor, List<String> tried) {
    /** What there is first, since everything is held against it. */
    List<String> values(String present) {
      List<String> values = new ArrayList<>(List.of(present));
      tried.stream().filter(value -> !value.equals(present)).forEach(values::add);
      return values;
    }
  }

  private static List<String> wordings() {
    List<String> wordings = new ArrayList<>();
    for (AnswerOpening opening : AnswerOpening.values()) {
      wordings.add("line" + AND + opening);
      wordings.add(BLANK_LINE + AND + opening);
    }
    return wordings;
  }

  /** What a decoder answers with as factors. */
  static Map<String, String> settings(AnswerDefaults answers) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(NEARNESS, Double.toString(answers.nearness()));
    settings.put(K, Integer.toString(answers.passages()));
    settings.put(ORDER, answers.bestLast() ? LAST : "first");
    settings.put(WORDING, (answers.blankLine() ? BLANK_LINE : "line") + AND + answers.opening());
    settings.put(PENALTY, Double.toString(answers.loopPenalty()));
    return settings;
  }

  /** Factors as what a decoder answers with; the other way round. */
  static AnswerDefaults defaults(Map<String, String> settings) {
    String[] wording = settings.getOrDefault(WORDING, "").split("\\" + AND, 2);
    return new AnswerDefaults(
        Integer.parseInt(settings.getOrDefault(K, "")),
        Double.parseDouble(settings.getOrDefault(NEARNESS, "")),
        LAST.equals(settings.get(ORDER)),
        wording[0].equals(BLANK_LINE),
        AnswerOpening.of(wording[1]).orElseThrow(),
        Double.parseDouble(settings.getOrDefault(PENALTY, "")));
  }

  /** Factors for people. */
  static String words(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }
}
