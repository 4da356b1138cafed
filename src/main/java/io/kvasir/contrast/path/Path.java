package io.kvasir.contrast.path;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.Hit;
import io.kvasir.core.Notice;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A way to answer: what it needs, chooses, shows and says. {@link Paths} lists those that there
 * are; nothing else asks which one it deals with. Without state; safe to use from any thread.
 */
public interface Path {
  /** What can be gathered from a collection before a path is planned. */
  enum Need {
    /** The passages that retrieval ranks first for the question. */
    RETRIEVAL,
    /** The scope's passages in document order. */
    SCOPE
  }

  /** Whose keys and values it takes from the database, if they are there, in place of reading. */
  enum Recall {
    /** Nobody's: everything is read. */
    NOTHING,
    /** The whole prompt's up to its last passage. */
    PROMPT,
    /** Each passage's, read apart from the others. */
    PASSAGES
  }

  /** What it is called. */
  AnswerPath name();

  /** What it needs; a path that needs nothing answers without a collection. */
  Set<Need> needs();

  /** The passages it wants in its prompt. */
  Choice choose(Material material);

  /** The hits of retrieval that its evidence shows beside the passages of its prompt. */
  List<Hit> shown(Material material);

  /** Whether retrieval's rank decides what is in its prompt. */
  boolean usesRank();

  /**
   * What the reader should know of what it reads.
   *
   * @param inPrompt how many of the chosen passages fit the budget
   * @return null if nothing
   */
  @Nullable Notice notice(Material material, int inPrompt);

  /** What it does not read if the database has it. */
  default Recall recalls() {
    return Recall.NOTHING;
  }

  /** Whether a question is answered by it unless somebody says otherwise. */
  default boolean isUsual() {
    return true;
  }

  /** Whether it answers from documents. */
  default boolean readsDocuments() {
    return !needs().isEmpty();
  }
}
