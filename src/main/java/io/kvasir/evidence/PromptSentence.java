package io.kvasir.evidence;

import io.kvasir.core.PromptPart;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A sentence of a passage as it stands in a prompt, which can be left out.
 *
 * @param passageId whose it is
 * @param begin position of its first token in the prompt
 * @param end behind its last
 * @param text what its tokens spell
 */
public record PromptSentence(long passageId, int begin, int end, String text) {
  private static final Pattern END = Pattern.compile("[.!?][\"'”’)\\]]*$|[。！？；][\"'”’）】]*$");

  private static final Pattern HAN_END = Pattern.compile("[。！？；]");

  /** Letters or digits that a sentence has at least: the number of an item goes with its text. */
  private static final int LEAST_LETTERS = 3;

  /**
   * The sentences of a prompt's passages.
   *
   * @param pieces what each token of the prompt adds to its text
   */
  static List<PromptSentence> of(List<PromptPart> parts, List<String> pieces) {
    List<PromptSentence> found = new ArrayList<>();
    int begin = 0;
    for (PromptPart part : parts) {
      Long id = part.passageId();
      int end = begin + part.tokens();
      if (id != null) {
        split(id, begin, end, pieces, found);
      }
      begin = end;
    }
    return found;
  }

  private static void split(
      long id, int first, int end, List<String> pieces, List<PromptSentence> found) {
    int begin = first;
    StringBuilder text = new StringBuilder();
    for (int at = first; at < end; at++) {
      text.append(pieces.get(at));
      boolean last = at + 1 == end;
      boolean whole = last || endsBehind(text, pieces.get(at), pieces.get(at + 1));
      if (whole && letters(text)) {
        found.add(new PromptSentence(id, begin, at + 1, text.toString()));
        begin = at + 1;
        text.setLength(0);
      } else if (last) {
        addRest(id, begin, end, text.toString(), found);
      }
    }
  }

  /** The blank lines at a passage's end belong to its last sentence. */
  private static void addRest(
      long id, int begin, int end, String rest, List<PromptSentence> found) {
    PromptSentence before = found.isEmpty() ? null : found.get(found.size() - 1);
    if (before != null && before.passageId == id && before.end == begin) {
      found.set(found.size() - 1, new PromptSentence(id, before.begin, end, before.text + rest));
    } else {
      found.add(new PromptSentence(id, begin, end, rest));
    }
  }

  private static boolean endsBehind(CharSequence text, String piece, String next) {
    if (piece.contains("\n")) {
      return true;
    }
    String said = text.toString().stripTrailing();
    return END.matcher(said).find()
        && (HAN_END.matcher(piece).find()
            || next.isEmpty()
            || Character.isWhitespace(next.charAt(0)));
  }

  private static boolean letters(CharSequence text) {
    return text.chars().filter(Character::isLetterOrDigit).limit(LEAST_LETTERS).count()
        == LEAST_LETTERS;
  }
}
