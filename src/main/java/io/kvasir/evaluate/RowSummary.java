package io.kvasir.evaluate;

import java.util.Map;

/**
 * What a row came to: of all questions, and apart of those that the decoder knows the answer of
 * without any document, and of the others.
 *
 * @param row its configuration
 * @param all estimates of the measures that have a value
 * @param known of the questions that a closed-book row answers; empty without such a row
 * @param unknown of those it does not
 * @param differences from the reference row; empty in that row itself
 */
public record RowSummary(
    Row row,
    Map<Measure, Estimate> all,
    Map<Measure, Estimate> known,
    Map<Measure, Estimate> unknown,
    Map<Measure, PairedDifference> differences) {}
