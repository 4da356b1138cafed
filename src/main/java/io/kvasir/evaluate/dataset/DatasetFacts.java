package io.kvasir.evaluate.dataset;

import java.util.List;

/**
 * What is told of a dataset of which some questions are asked.
 *
 * @param name of where it comes from
 * @param language BCP 47 code of its questions
 * @param documents how many it has
 * @param questions how many of its questions are asked
 * @param answerable how many of those have an answer in it
 * @param choice which of all questions those are, in words
 * @param bad the first records that could not be used
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
