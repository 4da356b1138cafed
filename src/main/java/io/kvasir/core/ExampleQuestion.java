package io.kvasir.core;

/**
 * A question a collection offers, with a scope small enough for the attention path's budget.
 *
 * @param question the text
 * @param scope where its answer is found
 */
public record ExampleQuestion(String question, Scope scope) {}
