package io.kvasir.evaluate;

/**
 * What a measure is in a row.
 *
 * @param mean with its 95 % interval
 * @param questions how many have a value
 */
public record Estimate(Bootstrap mean, int questions) {}
