package io.kvasir.evidence;

import io.kvasir.core.AnswerPath;
import java.util.List;

/**
 * What a decoder could have written instead at every token of an answer, before any penalties.
 *
 * @param path which path
 * @param temperatures for which {@code normalisers} are given
 * @param given how many of the first tokens are words that answers are begun with: the decoder need
 *     not have chosen them
 * @param tokens in the order of the answer
 */
public record NextTokens(
    AnswerPath path, List<Double> temperatures, int given, List<Place> tokens) {
  /**
   * One token of the answer and its rivals.
   *
   * @param id what was written
   * @param logprob its logarithmic probability
   * @param rank its place among all tokens of the vocabulary, from 1
   * @param candidates the most probable tokens, the first of them first
   * @param normalisers for each temperature T: the logarithm of a token's probability under T is
   *     logprob / T less this
   */
  public record Place(
      int id, double logprob, int rank, List<Candidate> candidates, List<Double> normalisers) {}

  /**
   * A token that could have come.
   *
   * @param id in the vocabulary
   * @param text what it spells by itself; empty if that is not a whole character
   * @param logprob its logarithmic probability
   */
  public record Candidate(int id, String text, double logprob) {}
}
