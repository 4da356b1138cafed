package io.kvasir.experiment;

import io.kvasir.core.Sampling;
import io.kvasir.evaluate.Row;
import io.kvasir.evaluate.dataset.DatasetFacts;
import java.util.List;

/**
 * What an experiment asks; everything that its numbers depend on, but for the weights.
 *
 * @param name for people
 * @param dataset what is asked
 * @param collection where its documents are
 * @param rows the ways to answer, which become the rows of its table
 * @param sampling how tokens are chosen where a row says nothing else
 * @param conditions what was set, and which weights answered, in words
 * @param checksum SHA-256 of all of that: results of another machine belong to this experiment if
 *     theirs is the same
 */
public record ExperimentPlan(
    String name,
    DatasetFacts dataset,
    String collection,
    List<Row> rows,
    Sampling sampling,
    String conditions,
    String checksum) {
  public ExperimentPlan {
    rows = List.copyOf(rows);
  }
}
