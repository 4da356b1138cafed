package io.kvasir.contrast;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One question, several paths.
 *
 * @param question the user's text
 * @param conversation the conversation it follows, null to begin one
 * @param collection the collection's name; needed by rag and attention
 * @param scope the part of the collection
 * @param paths at least one, each once
 * @param model the decoder, null for the default
 * @param sampling how to choose tokens, the same for every path
 * @param k the most passages of rag; null for the default
 * @param budget the most tokens of passages for attention and rag; null for the default
 */
public record ContrastRequest(
    String question,
    @Nullable String conversation,
    @Nullable String collection,
    Scope scope,
    List<AnswerPath> paths,
    @Nullable String model,
    Sampling sampling,
    @Nullable Integer k,
    @Nullable Integer budget) {
  /** The same for answers of another length. */
  ContrastRequest withMaxTokens(int maxTokens) {
    return new ContrastRequest(
        question,
        conversation,
        collection,
        scope,
        paths,
        model,
        sampling.withMaxTokens(maxTokens),
        k,
        budget);
  }
}
