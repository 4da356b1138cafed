package io.kvasir.evaluate.dataset;

/**
 * A text that questions are asked about.
 *
 * @param id tells it from the others of its dataset
 * @param title empty if it has none
 * @param text as it stood; empty if it has a title alone
 */
public record SourceDocument(String id, String title, String text) {}
