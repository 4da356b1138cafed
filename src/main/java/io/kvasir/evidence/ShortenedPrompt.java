package io.kvasir.evidence;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.PromptPart;
import io.kvasir.evidence.AnswerWithout.Stretch;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Prompt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** A prompt without the tokens of some stretches of its passages. */
final class ShortenedPrompt {
  private ShortenedPrompt() {}

  /**
   * The prompt without them.
   *
   * @throws ProblemException INVALID if they are none, or not inside of passages
   */
  static Prompt of(Generator generator, WrittenAnswer written, List<Stretch> left) {
    BitSet out = positions(written, left);
    List<PromptPart> parts = new ArrayList<>();
    int begin = 0;
    for (PromptPart part : written.parts()) {
      int end = begin + part.tokens();
      int gone = out.get(begin, end).cardinality();
      if (gone < part.tokens()) {
        parts.add(new PromptPart(part.kind(), part.tokens() - gone, part.passageId()));
      }
      begin = end;
    }
    int[] ids =
        IntStream.range(0, written.prompt().length)
            .filter(position -> !out.get(position))
            .map(position -> written.prompt()[position])
            .toArray();
    return new Prompt(ids, String.join("", generator.pieces(ids)), parts);
  }

  private static BitSet positions(WrittenAnswer written, List<Stretch> left) {
    if (left.isEmpty()) {
      throw new ProblemException(Kind.INVALID, "left is empty; name what is to be left out");
    }
    boolean[] passage = new boolean[written.prompt().length];
    int begin = 0;
    for (PromptPart part : written.parts()) {
      Arrays.fill(passage, begin, begin + part.tokens(), part.passageId() != null);
      begin += part.tokens();
    }
    BitSet out = new BitSet();
    for (Stretch stretch : left) {
      if (stretch.end() > passage.length || stretch.begin() >= stretch.end()) {
        throw outside(stretch);
      }
      for (int position = stretch.begin(); position < stretch.end(); position++) {
        if (!passage[position]) {
          throw outside(stretch);
        }
        out.set(position);
      }
    }
    return out;
  }

  private static ProblemException outside(Stretch stretch) {
    return new ProblemException(
        Kind.INVALID,
        "left names %d to %d, which is not inside of a passage; ask for the prompt's sentences"
            .formatted(stretch.begin(), stretch.end()));
  }
}
