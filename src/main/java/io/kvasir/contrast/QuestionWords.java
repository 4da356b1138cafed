package io.kvasir.contrast;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.PromptPart;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Prompt;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of a prompt that a question consists of, without the words around it.
 *
 * @param ids of the prompt, up to the last of them
 * @param first the place of the first in the prompt
 * @param pieces what each of them adds to the text
 */
record QuestionWords(int[] ids, int first, List<String> pieces) {
  QuestionWords {
    pieces = List.copyOf(pieces);
  }

  /** Those of the last question of a prompt; all of its part if the text is written otherwise. */
  static QuestionWords of(Generator generator, Prompt prompt, String question) {
    int begin = 0;
    int end = 0;
    int at = 0;
    for (PromptPart part : prompt.parts()) {
      if (part.kind() == PromptPart.Kind.QUESTION) {
        begin = at;
        end = at + part.tokens();
      }
      at += part.tokens();
    }
    List<String> pieces = generator.pieces(Arrays.copyOfRange(prompt.ids(), begin, end));
    String text = String.join("", pieces);
    int from = text.indexOf(question.strip());
    int to = from + question.strip().length();
    int first = 0;
    int last = pieces.size();
    if (from >= 0) {
      int read = 0;
      last = 0;
      for (int i = 0; i < pieces.size(); i++) {
        first += read + pieces.get(i).length() <= from ? 1 : 0;
        last += read < to ? 1 : 0;
        read += pieces.get(i).length();
      }
    }
    return new QuestionWords(
        Arrays.copyOf(prompt.ids(), begin + last), begin + first, pieces.subList(first, last));
  }

  /**
   * The place of one of them among them.
   *
   * @param asked from 0; null for the last that has a letter or digit
   * @throws ProblemException INVALID if there are not so many
   */
  int place(@Nullable Integer asked) {
    if (asked != null) {
      if (asked >= pieces.size()) {
        throw new ProblemException(
            Kind.INVALID,
            "the question has %d tokens; there is no word %d, counted from 0"
                .formatted(pieces.size(), asked));
      }
      return asked;
    }
    for (int i = pieces.size() - 1; i > 0; i--) {
      if (pieces.get(i).codePoints().anyMatch(Character::isLetterOrDigit)) {
        return i;
      }
    }
    return 0;
  }

  /** The prompt up to one of them. */
  int[] upTo(int place) {
    return Arrays.copyOf(ids, first + place + 1);
  }
}
