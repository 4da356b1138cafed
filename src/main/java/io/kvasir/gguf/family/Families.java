package io.kvasir.gguf.family;

import java.util.List;
import java.util.Optional;

/** The families that can be run. */
public final class Families {
  private static final List<Family> ALL =
      List.of(new Llama(), new Qwen2(), new Qwen3(), new Granite());

  private Families() {}

  /** The family of an architecture, if it is one of them. */
  public static Optional<Family> of(String architecture) {
    return ALL.stream().filter(family -> family.architecture().equals(architecture)).findAny();
  }

  /** Their names, to be read. */
  public static String names() {
    List<String> names = ALL.stream().map(Family::architecture).toList();
    int last = names.size() - 1;
    return String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
