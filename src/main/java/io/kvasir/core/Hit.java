package io.kvasir.core;

import org.jspecify.annotations.Nullable;

/**
 * A passage that retrieval found.
 *
 * @param passage what was found
 * @param rank its place, from 1
 * @param score the fused score (reciprocal rank fusion); higher is better
 * @param dense cosine of the question's and the passage's embedding, -1 to 1; null if it was not
 *     among the dense candidates
 * @param lexical BM25 of the words; null if it was not among the lexical candidates
 */
public record Hit(
    Passage passage, int rank, double score, @Nullable Double dense, @Nullable Double lexical) {}
