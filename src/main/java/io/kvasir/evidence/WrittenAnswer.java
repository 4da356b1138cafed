package io.kvasir.evidence;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.PathTrace;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.PromptPart;
import io.kvasir.core.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A prompt and the answer that was written to it, as they can be read again. Since a prompt is
 * tokenised part by part, leaving a passage's tokens out gives exactly the prompt that would have
 * been made without that passage.
 *
 * @param question the user's words, which the prompt's last question part holds
 * @param prompt token ids
 * @param parts of the prompt, in order
 * @param answer token ids, at least one
 */
public record WrittenAnswer(String question, int[] prompt, List<PromptPart> parts, int[] answer) {
  public WrittenAnswer {
    parts = List.copyOf(parts);
  }

  /**
   * What a stored path read and wrote.
   *
   * @throws ProblemException NOT_FOUND if the contrast has no such path, CONFLICT if it wrote
   *     nothing or still writes
   */
  public static WrittenAnswer of(Trace trace, AnswerPath path) {
    PathTrace found =
        trace
            .path(path)
            .orElseThrow(
                () ->
                    new ProblemException(
                        Kind.NOT_FOUND,
                        "the contrast has no path %s; it has %s"
                            .formatted(
                                path, trace.paths().stream().map(PathTrace::path).toList())));
    PathTrace.PromptTrace prompt = found.prompt();
    if (trace.status() == Trace.Status.RUNNING) {
      throw new ProblemException(
          Kind.CONFLICT, "the contrast is still being answered; wait for its end");
    }
    if (prompt == null || found.tokens().isEmpty()) {
      throw new ProblemException(
          Kind.CONFLICT,
          "the path %s wrote no answer, so there is nothing to test".formatted(path));
    }
    return new WrittenAnswer(
        trace.question(),
        prompt.ids(),
        prompt.parts().subList(0, prompt.parts().size() - 1),
        found.tokens().stream().mapToInt(PathTrace.TokenTrace::id).toArray());
  }

  /** The passages of the prompt, in its order. */
  public List<Long> passages() {
    Set<Long> ids = new LinkedHashSet<>();
    for (PromptPart part : parts) {
      Long id = part.passageId();
      if (id != null) {
        ids.add(id);
      }
    }
    return List.copyOf(ids);
  }

  /** Lengths of the parts and, last, of the answer, as it is read. */
  int[] partLengths() {
    int[] lengths = Arrays.copyOf(parts.stream().mapToInt(PromptPart::tokens).toArray(), places());
    lengths[parts.size()] = answer.length - 1;
    return lengths;
  }

  /** For each part and the answer, whether it is a passage. */
  boolean[] passageParts() {
    boolean[] passages = new boolean[places()];
    for (int i = 0; i < parts.size(); i++) {
      passages[i] = parts.get(i).passageId() != null;
    }
    return passages;
  }

  private int places() {
    return parts.size() + 1;
  }

  /** The first position behind the last passage: from here on, everything is about the question. */
  int questionBegin() {
    int last = -1;
    for (int i = 0; i < parts.size(); i++) {
      last = parts.get(i).passageId() == null ? last : i;
    }
    return last < 0 ? begin(lastQuestion()) : begin(last + 1);
  }

  /** The position of a part's first token. */
  int begin(int part) {
    return parts.subList(0, part).stream().mapToInt(PromptPart::tokens).sum();
  }

  private int lastQuestion() {
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (parts.get(i).kind() == PromptPart.Kind.QUESTION) {
        return i;
      }
    }
    throw new ProblemException(Kind.CONFLICT, "the prompt holds no question");
  }

  /** The tokens of the last question part. */
  int[] questionTokens() {
    int part = lastQuestion();
    int begin = begin(part);
    return Arrays.copyOfRange(prompt, begin, begin + parts.get(part).tokens());
  }

  /** The prompt with other tokens in place of its last question part. */
  int[] asking(int[] other) {
    int begin = begin(lastQuestion());
    return IntStream.concat(
            IntStream.concat(Arrays.stream(prompt, 0, begin), Arrays.stream(other)),
            Arrays.stream(prompt, begin + questionTokens().length, prompt.length))
        .toArray();
  }

  /** The prompt without some passages: the one that would have been made without them. */
  public int[] without(Set<Long> left) {
    List<int[]> kept = new ArrayList<>();
    int begin = 0;
    for (PromptPart part : parts) {
      Long id = part.passageId();
      if (id == null || !left.contains(id)) {
        kept.add(Arrays.copyOfRange(prompt, begin, begin + part.tokens()));
      }
      begin += part.tokens();
    }
    return kept.stream().flatMapToInt(Arrays::stream).toArray();
  }
}
