package io.kvasir.contrast;

import io.kvasir.contrast.PromptWriter.Exchange;
import io.kvasir.contrast.path.Choice;
import io.kvasir.contrast.path.Material;
import io.kvasir.contrast.path.Path;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Hit;
import io.kvasir.core.Passage;
import io.kvasir.core.PathTrace.InPrompt;
import io.kvasir.core.PathTrace.PassageTrace;
import io.kvasir.core.PathTrace.PromptTrace;
import io.kvasir.core.PathTrace.Retrieved;
import io.kvasir.core.ProblemException;
import io.kvasir.core.PromptPart;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Prompt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fits the passages of each path into the budget and makes its prompt; for one contrast, whose
 * paths have passages in common. Does not block; of one thread.
 */
final class PathPlanner {
  /**
   * What an answer is asked for.
   *
   * @param said what was asked, now and before
   * @param language of the collection, which the prompt speaks too
   * @param style how much the answer is to say
   * @param historyBudget the most tokens of earlier turns
   * @param maxTokens room for the answer
   * @param yields whether the answer leaves passages half of the room there is, in place of a
   *     refusal where both do not fit
   */
  record Wish(
      Dialogue said,
      String language,
      AnswerStyle style,
      int historyBudget,
      int maxTokens,
      boolean yields) {}

  private static final int[] NOTHING = {};

  private final Generator generator;
  private final AnswerDefaults defaults;

  /** Tokens of the passages that were measured, by id. */
  private final Map<Long, Integer> lengths = new HashMap<>();

  /**
   * A planner.
   *
   * @param generator will answer
   * @param defaults what suits it
   */
  PathPlanner(Generator generator, AnswerDefaults defaults) {
    this.generator = generator;
    this.defaults = defaults;
  }

  /**
   * Makes the plan of one path.
   *
   * @throws ProblemException TOO_LONG if not even the question fits the context
   */
  PathPlan plan(Path path, Material material, Wish wish) {
    Dialogue said = wish.said().withHistory(fittingHistory(wish));
    PromptWriter writer = new PromptWriter(wish.language(), wish.style(), defaults);
    int fixed = generator.prompt(writer.messages(said, List.of())).ids().length;
    int context = generator.description().context();
    int answer =
        wish.yields()
            ? Math.max(1, Math.min(wish.maxTokens(), (context - fixed) / 2))
            : wish.maxTokens();
    int room = context - fixed - answer;
    if (room < 0) {
      throw new ProblemException(
          ProblemException.Kind.TOO_LONG,
          "the question takes %d tokens and the answer may take %d, but %s reads %d; ask for fewer tokens or shorten the question"
              .formatted(fixed, answer, generator.description().name(), context));
    }
    int budget = path.readsDocuments() ? Math.min(material.selection().budget(), room) : 0;
    Choice choice = path.choose(material);
    List<Passage> chosen = choice.ordered(fitting(writer, choice.passages(), budget));
    Prompt prompt = generator.prompt(writer.messages(said, chosen));
    return new PathPlan(
        path.name(),
        prompt,
        opening(writer, said, chosen, answer),
        shown(prompt, budget, choice.wanted() - chosen.size()),
        passages(path, material, chosen, prompt),
        path.notice(material, chosen.size()),
        answer);
  }

  /**
   * How the answer begins. One that is begun already is gone on with, one that has no room behind
   * its opening would say nothing.
   */
  private int[] opening(PromptWriter writer, Dialogue said, List<Passage> read, int room) {
    if (read.isEmpty() || !said.opening().isEmpty()) {
      return NOTHING;
    }
    int[] opening = generator.tokens(writer.opening());
    return opening.length < room ? opening : NOTHING;
  }

  /** How much of a scope fits a budget; of a passage's tokens the style changes nothing. */
  Contrasts.Fit fit(MaterialSource.Found found, int budget) {
    PromptWriter writer = new PromptWriter(found.language(), AnswerStyle.ANSWER, defaults);
    List<Passage> chosen = fitting(writer, found.scoped(), budget);
    int tokens = chosen.stream().mapToInt(passage -> length(writer, passage)).sum();
    int all = found.scopeSize();
    return new Contrasts.Fit(all, tokens, chosen.size(), all - chosen.size());
  }

  /** The first passages that fit together: nothing is cut in the middle, nothing is skipped. */
  private List<Passage> fitting(PromptWriter writer, List<Passage> candidates, int budget) {
    List<Passage> chosen = new ArrayList<>();
    int used = 0;
    for (Passage passage : candidates) {
      used += length(writer, passage);
      if (used > budget) {
        break;
      }
      chosen.add(passage);
    }
    return chosen;
  }

  private int length(PromptWriter writer, Passage passage) {
    return lengths.computeIfAbsent(
        passage.id(), id -> generator.countTokens(writer.passageText(passage)));
  }

  private List<Exchange> fittingHistory(Wish wish) {
    List<Exchange> kept = new ArrayList<>();
    int used = 0;
    List<Exchange> history = wish.said().history();
    for (int i = history.size() - 1; i >= 0; i--) {
      Exchange exchange = history.get(i);
      used += generator.countTokens(exchange.question() + exchange.answer());
      if (used > wish.historyBudget()) {
        break;
      }
      kept.add(0, exchange);
    }
    return kept;
  }

  private static PromptTrace shown(Prompt prompt, int budget, int left) {
    List<PromptPart> parts = new ArrayList<>(prompt.parts());
    parts.add(new PromptPart(PromptPart.Kind.ANSWER, 0, null));
    return new PromptTrace(
        prompt.ids().length, 0, budget, prompt.text(), prompt.ids(), List.copyOf(parts), left);
  }

  private static List<PassageTrace> passages(
      Path path, Material material, List<Passage> chosen, Prompt prompt) {
    Map<Long, Hit> hits = new HashMap<>();
    material.hits().forEach(hit -> hits.put(hit.passage().id(), hit));
    Map<Long, InPrompt> places = places(prompt);
    Map<Long, PassageTrace> traces = new LinkedHashMap<>();
    for (Passage passage : chosen) {
      traces.put(
          passage.id(),
          passage(passage, hits.get(passage.id()), places.get(passage.id()), path.usesRank()));
    }
    path.shown(material)
        .forEach(
            hit ->
                traces.computeIfAbsent(
                    hit.passage().id(), id -> passage(hit.passage(), hit, null, false)));
    return List.copyOf(traces.values());
  }

  private static Map<Long, InPrompt> places(Prompt prompt) {
    Map<Long, InPrompt> places = new HashMap<>();
    for (PromptPart part : prompt.parts()) {
      Long id = part.passageId();
      if (id != null) {
        InPrompt before = places.get(id);
        places.put(
            id,
            before == null
                ? new InPrompt(places.size() + 1, part.tokens())
                : new InPrompt(before.position(), before.tokens() + part.tokens()));
      }
    }
    return places;
  }

  private static PassageTrace passage(
      Passage passage, @Nullable Hit hit, @Nullable InPrompt place, boolean used) {
    return new PassageTrace(
        passage.id(),
        passage.documentId(),
        passage.document(),
        passage.title(),
        passage.heading(),
        passage.page(),
        passage.start(),
        passage.end(),
        passage.value(),
        passage.corrected(),
        hit == null ? null : Retrieved.of(hit),
        used,
        place,
        null);
  }

  /** The passages of a retrieval as its event shows them, before any prompt is made. */
  static List<PassageTrace> retrieved(List<Hit> hits) {
    return hits.stream().map(hit -> passage(hit.passage(), hit, null, false)).toList();
  }
}
