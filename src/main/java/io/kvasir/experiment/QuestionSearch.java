package io.kvasir.experiment;

import io.kvasir.core.Hit;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Scope;
import io.kvasir.evaluate.Measure;
import io.kvasir.evaluate.RankingScore;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import io.kvasir.experiment.ExperimentDesign.Ask;
import io.kvasir.experiment.ExperimentStore.Placed;
import io.kvasir.experiment.ExperimentStore.Taken;
import io.kvasir.retrieve.Retriever;
import io.kvasir.retrieve.Retriever.Retrieval;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Searches for what answers a question, without answering it, and scores the ranking. */
final class QuestionSearch {
  /** How deep a ranking is judged: as many as both searches hand to the fusion by default. */
  static final int DEPTH = 100;

  /** How a result of a ranking says that it ended. */
  static final String RANKED = "ranked";

  private final ProcessorShares processors;
  private final Retriever retriever;

  QuestionSearch(ProcessorShares processors, Retriever retriever) {
    this.processors = processors;
    this.retriever = retriever;
  }

  /**
   * Searches.
   *
   * @param place the question's, from 0
   * @return the results of the rows; fails with BUSY or UNAVAILABLE if it is to be asked again
   */
  Future<List<Placed>> ask(Taken experiment, int place, LabelledQuestion question, Ask ask) {
    ProcessorShares.Share share = processors.begin();
    return Future.succeededFuture(ask.settings().get(Factor.RERANKER))
        .compose(
            reranker ->
                search(reranker)
                    .retrieve(
                        experiment.workspace(),
                        Contexts.of(ask.settings()).collection(experiment.plan().collection()),
                        Scope.ALL,
                        question.text(),
                        DEPTH))
        .onFailure(failed -> share.end())
        .map(
            found ->
                ask.unanswered(
                    experiment.plan(),
                    place,
                    question,
                    RANKED,
                    values(question, ask, found, share.end())))
        .recover(
            failure ->
                failure instanceof ProblemException problem && !QuestionRun.passes(problem)
                    ? Future.succeededFuture(
                        ask.unanswered(
                            experiment.plan(),
                            place,
                            question,
                            QuestionRun.FAILED + ": " + problem.told(),
                            ranking(question, List.of())))
                    : Future.failedFuture(failure));
  }

  private Retriever search(@Nullable String reranker) {
    return reranker == null ? retriever : retriever.rerankedBy(reranker);
  }

  private static Map<Measure, Double> values(
      LabelledQuestion question, Ask ask, Retrieval retrieval, double processorSeconds) {
    Map<Measure, Double> values =
        ranking(question, ranked(retrieval.hits(), ask.settings().get(Factor.RANKING)));
    values.put(Measure.SEARCH_MS, retrieval.milliseconds());
    values.put(Measure.PROCESSOR_SECONDS, processorSeconds);
    return values;
  }

  private static Map<Measure, Double> ranking(LabelledQuestion question, List<Hit> hits) {
    List<String> documents = hits.stream().map(hit -> hit.passage().document()).toList();
    return new EnumMap<>(RankingScore.of(documents, question.relevant()).values());
  }

  /** One search's own order, where a row asks for that. */
  private static List<Hit> ranked(List<Hit> hits, @Nullable String by) {
    if (by == null || by.equals(Factor.FUSED)) {
      return hits;
    }
    Function<Hit, @Nullable Double> score = by.equals(Factor.WORDS) ? Hit::lexical : Hit::dense;
    return hits.stream()
        .filter(hit -> score.apply(hit) != null)
        .sorted(
            Comparator.comparingDouble((Hit hit) -> -orNothing(score.apply(hit)))
                // Of what is alike the other search has no say.
                .thenComparingLong(hit -> hit.passage().id()))
        .toList();
  }

  private static double orNothing(@Nullable Double score) {
    return score == null ? 0 : score;
  }
}
