package io.kvasir.evidence;

import io.kvasir.core.AnswerPath;
import io.kvasir.generate.Generator;
import io.kvasir.generate.ReadingRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Reads an answer once more and keeps what could have been written at each of its tokens. */
final class NextTokenReader {
  private final Generator generator;
  private final AnswerPath path;
  private final WrittenAnswer written;
  private final Candidates candidates;

  /**
   * A reader.
   *
   * @param most candidates of a token
   */
  NextTokenReader(Generator generator, AnswerPath path, WrittenAnswer written, int most) {
    this.generator = generator;
    this.path = path;
    this.written = written;
    this.candidates = new Candidates(written.answer(), most);
  }

  /** Reads. The future completes on the inference thread. */
  CompletableFuture<double[]> read() {
    return generator.read(
        ReadingRequest.answer(written.prompt(), written.answer(), null).showing(candidates));
  }

  /** What was found; once it is read. */
  NextTokens view(double[] logprobs) {
    List<NextTokens.Place> places = new ArrayList<>();
    for (int place = 0; place < logprobs.length; place++) {
      places.add(
          new NextTokens.Place(
              written.answer()[place],
              rounded(logprobs[place]),
              candidates.rank(place),
              found(place),
              Arrays.stream(candidates.normalisers(place))
                  .mapToObj(NextTokenReader::rounded)
                  .toList()));
    }
    int given = GivenOpening.of(generator, written.answer()).length;
    return new NextTokens(path, Candidates.TEMPERATURES, given, places);
  }

  private List<NextTokens.Candidate> found(int place) {
    int[] ids = candidates.ids(place);
    double[] logprobs = candidates.logprobs(place);
    List<NextTokens.Candidate> found = new ArrayList<>();
    for (int i = 0; i < ids.length; i++) {
      String text = generator.pieces(new int[] {ids[i]}).get(0);
      found.add(new NextTokens.Candidate(ids[i], text, rounded(logprobs[i])));
    }
    return found;
  }

  private static double rounded(double value) {
    return Math.rint(value * 1e5) / 1e5;
  }
}
