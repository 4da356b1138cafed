package io.kvasir.contrast;

import io.kvasir.contrast.PromptWriter.Exchange;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.Hit;
import io.kvasir.core.Notice;
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

/** Chooses the passages of each path within the budget and makes its prompt. Does not block. */
final class PathPlanner {
  /**
   * Below this cosine a passage is said to be about something else. In a probe with six passages
   * and ten questions a language, both encoders gave at least .63 to what belonged together and at
   * most .34 to what did not; a shared word alone told nothing.
   */
  static final double RELEVANT_COSINE = 0.4;

  /**
   * What a plan is made from.
   *
   * @param said what was asked, now and before
   * @param language of the collection, which the prompt speaks too
   * @param hits what retrieval found, best first
   * @param scoped the scope's passages in document order, for the attention path
   * @param scopeSize how many passages the scope has
   * @param k the most passages of rag
   * @param budget the most tokens of passages
   * @param historyBudget the most tokens of earlier turns
   * @param maxTokens room for the answer
   * @param yields whether the answer leaves passages half of the room there is, in place of a
   *     refusal where both do not fit
   */
  record Material(
      Dialogue said,
      String language,
      List<Hit> hits,
      List<Passage> scoped,
      int scopeSize,
      int k,
      int budget,
      int historyBudget,
      int maxTokens,
      boolean yields) {}

  private final Generator generator;

  PathPlanner(Generator generator) {
    this.generator = generator;
  }

  /**
   * Makes the plan of one path.
   *
   * @throws ProblemException TOO_LONG if not even the question fits the context
   */
  PathPlan plan(AnswerPath path, Material material) {
    Dialogue said = material.said().withHistory(fittingHistory(material));
    PromptWriter writer = new PromptWriter(material.language());
    int fixed = generator.prompt(writer.messages(said, List.of())).ids().length;
    int context = generator.description().context();
    int answer =
        material.yields()
            ? Math.max(1, Math.min(material.maxTokens(), (context - fixed) / 2))
            : material.maxTokens();
    int room = context - fixed - answer;
    if (room < 0) {
      throw new ProblemException(
          ProblemException.Kind.TOO_LONG,
          "the question takes %d tokens and the answer may take %d, but %s reads %d; ask for fewer tokens or shorten the question"
              .formatted(fixed, answer, generator.description().name(), context));
    }
    int budget = path == AnswerPath.CLOSED_BOOK ? 0 : Math.min(material.budget(), room);
    List<Passage> candidates = candidates(path, material);
    List<Passage> chosen = fitting(writer, candidates, budget);
    Prompt prompt = generator.prompt(writer.messages(said, chosen));
    return new PathPlan(
        path,
        prompt,
        shown(prompt, budget, wanted(path, material, candidates) - chosen.size()),
        passages(path, material, chosen, prompt),
        notice(path, material, chosen),
        answer);
  }

  /** How much of a scope fits a budget. */
  Contrasts.Fit fit(MaterialSource.Found found, int budget) {
    PromptWriter writer = new PromptWriter(found.language());
    List<Passage> chosen = fitting(writer, found.scoped(), budget);
    int tokens =
        chosen.stream()
            .mapToInt(passage -> generator.countTokens(writer.passageText(passage)))
            .sum();
    int all = found.scopeSize();
    return new Contrasts.Fit(all, tokens, chosen.size(), all - chosen.size());
  }

  private static List<Passage> candidates(AnswerPath path, Material material) {
    return switch (path) {
      case CLOSED_BOOK -> List.of();
      case RAG -> material.hits().stream().limit(material.k()).map(Hit::passage).toList();
      case ATTENTION -> material.scoped();
    };
  }

  private static int wanted(AnswerPath path, Material material, List<Passage> candidates) {
    return path == AnswerPath.ATTENTION ? material.scopeSize() : candidates.size();
  }

  /** The first passages that fit together: nothing is cut in the middle, nothing is skipped. */
  private List<Passage> fitting(PromptWriter writer, List<Passage> candidates, int budget) {
    List<Passage> chosen = new ArrayList<>();
    int used = 0;
    for (Passage passage : candidates) {
      used += generator.countTokens(writer.passageText(passage));
      if (used > budget) {
        break;
      }
      chosen.add(passage);
    }
    return chosen;
  }

  private List<Exchange> fittingHistory(Material material) {
    List<Exchange> kept = new ArrayList<>();
    int used = 0;
    List<Exchange> history = material.said().history();
    for (int i = history.size() - 1; i >= 0; i--) {
      Exchange exchange = history.get(i);
      used += generator.countTokens(exchange.question() + exchange.answer());
      if (used > material.historyBudget()) {
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
      AnswerPath path, Material material, List<Passage> chosen, Prompt prompt) {
    if (path == AnswerPath.CLOSED_BOOK) {
      return List.of();
    }
    Map<Long, Hit> hits = new HashMap<>();
    material.hits().forEach(hit -> hits.put(hit.passage().id(), hit));
    Map<Long, InPrompt> places = places(prompt);
    Map<Long, PassageTrace> traces = new LinkedHashMap<>();
    for (Passage passage : chosen) {
      traces.put(
          passage.id(), passage(path, passage, hits.get(passage.id()), places.get(passage.id())));
    }
    // What retrieval found behind the cut is shown by the path that it was cut from.
    material.hits().stream()
        .limit(path == AnswerPath.RAG ? material.hits().size() : material.k())
        .forEach(
            hit ->
                traces.computeIfAbsent(
                    hit.passage().id(), id -> passage(path, hit.passage(), hit, null)));
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
      AnswerPath path, Passage passage, @Nullable Hit hit, @Nullable InPrompt place) {
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
        hit == null ? null : new Retrieved(hit.rank(), hit.score(), hit.dense(), hit.lexical()),
        path == AnswerPath.RAG && place != null,
        place,
        null);
  }

  /** The passages of a retrieval as its event shows them, before any prompt is made. */
  static List<PassageTrace> retrieved(List<Hit> hits) {
    return hits.stream().map(hit -> passage(AnswerPath.RAG, hit.passage(), hit, null)).toList();
  }

  private static @Nullable Notice notice(AnswerPath path, Material material, List<Passage> chosen) {
    return switch (path) {
      case CLOSED_BOOK -> null;
      case RAG -> ragNotice(material, chosen);
      case ATTENTION -> attentionNotice(material, chosen);
    };
  }

  private static @Nullable Notice ragNotice(Material material, List<Passage> chosen) {
    if (material.hits().isEmpty()) {
      return Notice.of(Notice.Code.NOTHING_FOUND, "Nothing relevant was found.");
    }
    boolean relevant =
        material.hits().stream()
            .limit(material.k())
            .anyMatch(hit -> hit.dense() != null && hit.dense() >= RELEVANT_COSINE);
    if (!relevant) {
      return Notice.of(
          Notice.Code.NOTHING_NEAR,
          "Nothing relevant was found: the nearest passages are about something else.");
    }
    int cut = Math.min(material.k(), material.hits().size()) - chosen.size();
    return cut == 0
        ? null
        : new Notice(
            Notice.Code.CUT_BY_BUDGET,
            Map.of("cut", cut, "budget", material.budget()),
            "%d retrieved passages did not fit the budget of %d tokens."
                .formatted(cut, material.budget()));
  }

  private static @Nullable Notice attentionNotice(Material material, List<Passage> chosen) {
    int all = material.scopeSize();
    if (all == 0) {
      return Notice.of(Notice.Code.EMPTY_SCOPE, "The scope holds no passages.");
    }
    int fitting = chosen.size();
    int left = all - fitting;
    return left == 0
        ? null
        : new Notice(
            Notice.Code.PARTLY_READ,
            Map.of("fitting", fitting, "all", all, "budget", material.budget(), "left", left),
            "%d of %d passages of the scope fit the budget of %d tokens; the other %d were not read."
                .formatted(fitting, all, material.budget(), left));
  }
}
