package io.kvasir.experiment;

import io.kvasir.contrast.path.Path;
import io.kvasir.contrast.path.Path.Need;
import io.kvasir.evaluate.dataset.LabelledQuestion;
import org.jspecify.annotations.Nullable;

/**
 * What a row of an experiment does with a question.
 *
 * @param kind what sort of row it is
 * @param path by which it answers; null if it answers nothing
 */
record Way(Kind kind, @Nullable Path path) {
  /** Finds the documents that answer, and says nothing. */
  static final Way SEARCH = new Way(Kind.SEARCH, null);

  /** What sorts there are. */
  enum Kind {
    /** Answers as a person is answered. */
    PATH,
    /** Is given the documents that answer, and reads nothing else. */
    ORACLE,
    /** Ranks, and answers nothing. */
    SEARCH
  }

  /** Whether a decoder answers. */
  boolean answers() {
    return path != null;
  }

  /** Whether it searches for what it reads. */
  boolean searches() {
    return kind == Kind.SEARCH
        || (kind == Kind.PATH && path != null && path.needs().contains(Need.RETRIEVAL));
  }

  /** Whether the rank of a passage decides whether it is read. */
  boolean usesRank() {
    return kind == Kind.PATH && path != null && path.usesRank();
  }

  /** Whether documents are put into a prompt. */
  boolean readsDocuments() {
    return path != null && path.readsDocuments();
  }

  /**
   * Whether a question can be asked so: nobody can give the documents that answer another, or judge
   * a ranking without them.
   */
  boolean applies(LabelledQuestion question) {
    return switch (kind) {
      case PATH -> true;
      case ORACLE -> !question.relevant().isEmpty();
      case SEARCH -> question.answerable() && !question.relevant().isEmpty();
    };
  }
}
