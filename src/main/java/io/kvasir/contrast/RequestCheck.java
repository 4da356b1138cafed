package io.kvasir.contrast;

import io.kvasir.contrast.path.Paths;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.util.HashSet;
import org.jspecify.annotations.Nullable;

/** Refuses a contrast that breaks a limit, before anything runs. */
final class RequestCheck {
  private RequestCheck() {}

  /**
   * Checks a request.
   *
   * @throws ProblemException INVALID or TOO_LONG, naming the field and what it can be
   */
  static void check(ContrastRequest request, Paths paths, ContrastLimits limits, int context) {
    checkQuestion(request.question(), limits);
    if (request.paths().isEmpty()) {
      throw invalid("paths is empty; it can name " + paths.listed());
    }
    if (new HashSet<>(request.paths()).size() != request.paths().size()) {
      throw invalid("paths names a path twice");
    }
    if (!paths.needs(request.paths()).isEmpty() && request.collection() == null) {
      throw invalid(
          "collection is missing, and there is no conversation that has one; the paths %s answer from one"
              .formatted(paths.listedReading()));
    }
    range("k", request.k(), limits.maxK());
    range("budget", request.budget(), context);
    range("sampling.maxTokens", request.sampling().maxTokens(), limits.maxTokens());
  }

  /** Checks a question's length. */
  static void checkQuestion(String question, ContrastLimits limits) {
    if (question.isBlank()) {
      throw invalid("question is empty");
    }
    if (question.length() > limits.questionCharacters()) {
      throw new ProblemException(
          Kind.TOO_LONG,
          "question has %d characters; it can have %d"
              .formatted(question.length(), limits.questionCharacters()));
    }
  }

  static void range(String name, @Nullable Integer value, int most) {
    if (value != null && (value < 1 || value > most)) {
      throw invalid("%s is %d; it can be 1 to %d".formatted(name, value, most));
    }
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(Kind.INVALID, message);
  }
}
