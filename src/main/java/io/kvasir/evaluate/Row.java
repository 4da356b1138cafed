package io.kvasir.evaluate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One configuration of an experiment: every question is asked in every row.
 *
 * @param name tells it from the others
 * @param path the way to answer
 * @param settings in which it differs from the defaults
 */
public record Row(String name, String path, Map<String, String> settings) {
  /** The path of rows that are given the document that answers. */
  public static final String ORACLE = "oracle";

  /** The path of rows that rank documents and answer nothing. */
  public static final String SEARCH = "search";

  /** The path of rows that are given no document. */
  public static final String CLOSED_BOOK = "closed-book";

  public Row {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** Whether it is given no document. */
  public boolean closedBook() {
    return path.equals(CLOSED_BOOK);
  }

  /** Whether it answers questions from documents that it had to find. */
  public boolean isWayToAnswer() {
    return !bound() && !path.equals(SEARCH);
  }

  /**
   * Whether questions can be right by its path: not where the path is shown what answers, or says
   * nothing.
   */
  public boolean canBeRight() {
    return !path.equals(ORACLE) && !path.equals(SEARCH);
  }

  /** Whether it shows what is possible at best or at least, and is no way to answer. */
  public boolean bound() {
    return path.equals(ORACLE) || closedBook();
  }
}
