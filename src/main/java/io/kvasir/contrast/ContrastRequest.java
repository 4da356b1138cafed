package io.kvasir.contrast;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.ScopeSelection;
import io.kvasir.core.Trace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question, several paths.
 *
 * @param question the user's text
 * @param conversation the conversation it follows, null to begin one
 * @param beside the contrast whose question this answers otherwise, in its conversation; null for a
 *     question of its own
 * @param collection the collection's name; null for the conversation's
 * @param scope the part of the collection; all of one that is not named for the conversation's
 * @param paths at least one, each once
 * @param model the decoder; null for the conversation's, or the default to begin one
 * @param style how much the answers are to say; null for the default
 * @param sampling how to choose tokens, the same for every path
 * @param k the most passages of rag; null for the default
 * @param budget the most tokens of passages for attention and rag; null for the default
 * @param selection what attention reads of a scope that does not fit
 */
public record ContrastRequest(
    String question,
    @Nullable String conversation,
    @Nullable String beside,
    @Nullable String collection,
    Scope scope,
    List<AnswerPath> paths,
    @Nullable String model,
    @Nullable AnswerStyle style,
    Sampling sampling,
    @Nullable Integer k,
    @Nullable Integer budget,
    ScopeSelection selection) {
  /**
   * A question of its own that has what retrieval ranks first read of a scope that does not fit.
   */
  public ContrastRequest(
      String question,
      @Nullable String conversation,
      @Nullable String collection,
      Scope scope,
      List<AnswerPath> paths,
      @Nullable String model,
      @Nullable AnswerStyle style,
      Sampling sampling,
      @Nullable Integer k,
      @Nullable Integer budget) {
    this(
        question,
        conversation,
        null,
        collection,
        scope,
        paths,
        model,
        style,
        sampling,
        k,
        budget,
        ScopeSelection.RETRIEVED);
  }

  /**
   * The same as it is answered.
   *
   * @param maxTokens that the answers get
   * @param loopPenalty where nobody said
   */
  ContrastRequest answered(int maxTokens, double loopPenalty) {
    return new ContrastRequest(
        question,
        conversation,
        beside,
        collection,
        scope,
        paths,
        model,
        style,
        sampling.withMaxTokens(maxTokens).orLoopPenalty(loopPenalty),
        k,
        budget,
        selection);
  }

  /**
   * This request with what it leaves open as its conversation had it last: a follow-up is about the
   * same documents, and answered by the same decoder.
   *
   * @param earlier the traces of the conversation, oldest first
   * @param readsDocuments whether one of its paths does
   */
  ContrastRequest following(List<Trace> earlier, boolean readsDocuments) {
    if (earlier.isEmpty()) {
      return this;
    }
    Trace last = earlier.get(earlier.size() - 1);
    ContrastRequest asked = model == null ? with(last.model().name(), collection, scope) : this;
    return collection == null && readsDocuments ? asked.about(lastWithDocuments(earlier)) : asked;
  }

  private static @Nullable Trace lastWithDocuments(List<Trace> earlier) {
    return earlier.stream()
        .filter(trace -> trace.collection() != null)
        .reduce((before, after) -> after)
        .orElse(null);
  }

  private ContrastRequest about(@Nullable Trace trace) {
    return trace == null
        ? this
        : with(model, trace.collection(), scope.isAll() ? new Scope(trace.scope()) : scope);
  }

  /** This request in the conversation of the contrast that it stands beside. */
  ContrastRequest in(String other) {
    return new ContrastRequest(
        question,
        other,
        beside,
        collection,
        scope,
        paths,
        model,
        style,
        sampling,
        k,
        budget,
        selection);
  }

  private ContrastRequest with(
      @Nullable String otherModel, @Nullable String otherCollection, Scope otherScope) {
    return new ContrastRequest(
        question,
        conversation,
        beside,
        otherCollection,
        otherScope,
        paths,
        otherModel,
        style,
        sampling,
        k,
        budget,
        selection);
  }
}
