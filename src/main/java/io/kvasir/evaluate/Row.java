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
  /** The row that is given the passage that answers. */
  public static final String ORACLE = "oracle";

  /** The row that is given none. */
  public static final String CLOSED = "closed-book";

  public Row {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }
}
