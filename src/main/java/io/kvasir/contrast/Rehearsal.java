package io.kvasir.contrast;

import io.kvasir.core.Notice;
import io.kvasir.core.PathTrace.PassageTrace;
import io.kvasir.core.Trace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What retrieval finds for a question, and what of it a decoder would read, without an answer: the
 * steps of a contrast up to its prompt.
 *
 * @param searched the text that was searched with
 * @param encoder that ranked by meaning
 * @param model the decoder whose tokens count
 * @param k the most passages that retrieval puts into the prompt
 * @param budget the most tokens that these may take
 * @param candidates how many passages each list hands to the fusion
 * @param weights how much each list counts, by its name
 * @param reranking what put the first hits in another order; null if nothing did
 * @param notice what the reader should know; null if nothing
 * @param passages what was found and where, best first; those in the prompt say so
 * @param left how many that were wanted did not fit
 * @param encodeMs time to encode the question
 * @param searchMs time to search
 */
public record Rehearsal(
    String searched,
    String encoder,
    String model,
    int k,
    int budget,
    int candidates,
    Map<String, Double> weights,
    Trace.@Nullable Reranking reranking,
    @Nullable Notice notice,
    List<PassageTrace> passages,
    int left,
    double encodeMs,
    double searchMs) {}
