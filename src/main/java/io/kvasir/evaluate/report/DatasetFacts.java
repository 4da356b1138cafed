package io.kvasir.evaluate.report;

import io.kvasir.evaluate.dataset.BadRecord;
import java.util.List;

/**
 * What a report says of its dataset.
 *
 * @param name of where it comes from
 * @param language of its questions
 * @param documents how many it has
 * @param questions how many were asked
 * @param choice which of all questions those are, in words
 * @param bad the first records that could not be used
 * @param badRecords how many those were
 */
public record DatasetFacts(
    String name,
    String language,
    int documents,
    int questions,
    String choice,
    List<BadRecord> bad,
    int badRecords) {
  public DatasetFacts {
    bad = List.copyOf(bad);
  }
}
