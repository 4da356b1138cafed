package io.kvasir.experiment;

import io.kvasir.core.Sampling;
import io.kvasir.evaluate.Row;
import io.kvasir.evaluate.dataset.BadRecord;
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

  /**
   * What is known of a dataset.
   *
   * @param name of its file
   * @param language BCP 47 code of its questions
   * @param documents how many it has
   * @param questions how many of its questions are asked
   * @param answerable how many of those have an answer in it
   * @param choice which of all questions those are, in words
   * @param bad the first records that could not be read
   * @param badRecords how many those were
   * @param checksum SHA-256 of its documents and of the questions that are asked
   */
  public record DatasetFacts(
      String name,
      String language,
      int documents,
      int questions,
      int answerable,
      String choice,
      List<BadRecord> bad,
      int badRecords,
      String checksum) {
    /** How many bad records are told one by one. */
    public static final int BAD_TOLD = 20;

    public DatasetFacts {
      bad = List.copyOf(bad);
    }
  }
}
