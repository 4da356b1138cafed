package io.kvasir.evaluate.report;

import io.kvasir.evaluate.dataset.Dataset;

/**
 * What a report says of its dataset.
 *
 * @param name of where it comes from
 * @param language of its questions
 * @param documents how many it has
 * @param questions how many were asked
 * @param bad how many records could not be used
 * @param checksum SHA-256 of its content
 */
public record DatasetFacts(
    String name, String language, int documents, int questions, int bad, String checksum) {
  /** The facts of a dataset whose questions were all asked. */
  public static DatasetFacts of(Dataset dataset) {
    return new DatasetFacts(
        dataset.name(),
        dataset.language(),
        dataset.documents().size(),
        dataset.questions().size(),
        dataset.bad().size(),
        dataset.checksum());
  }
}
