package io.kvasir.contrast.path;

import io.kvasir.contrast.path.Path.Need;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.ProblemException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The paths there are, in the order in which they are listed.
 *
 * @param all each with a name of its own
 */
public record Paths(List<Path> all) {
  /** Those of this version. */
  public static final Paths ALL =
      new Paths(List.of(new ClosedBook(), new Rag(), new Attention(), new Remembered()));

  /** A list of paths. */
  public Paths {
    all = List.copyOf(all);
  }

  /**
   * The path of a name.
   *
   * @throws ProblemException INVALID naming those there are
   */
  public Path of(AnswerPath name) {
    return of(name.name());
  }

  /**
   * The path that somebody calls by a name.
   *
   * @throws ProblemException INVALID naming those there are
   */
  public Path of(String name) {
    return find(name)
        .orElseThrow(() -> new ProblemException(ProblemException.Kind.INVALID, unknown(name)));
  }

  /** The path of a name, if there is one. */
  public Optional<Path> find(String name) {
    return all.stream().filter(path -> path.name().name().equals(name)).findFirst();
  }

  /** What is said of a name that none has. */
  public String unknown(String name) {
    return "There is no path '%s'; there are: %s.".formatted(name, listed());
  }

  /** What some of them need together. */
  public Set<Need> needs(Collection<AnswerPath> names) {
    Set<Need> needs = EnumSet.noneOf(Need.class);
    names.forEach(name -> needs.addAll(of(name).needs()));
    return needs;
  }

  /** The names of all. */
  public List<AnswerPath> names() {
    return all.stream().map(Path::name).toList();
  }

  /** The names of those that answer unless somebody says otherwise. */
  public List<AnswerPath> usual() {
    return all.stream().filter(Path::isUsual).map(Path::name).toList();
  }

  /** The names of all, for a sentence. */
  public String listed() {
    return String.join(", ", all.stream().map(path -> path.name().name()).toList());
  }

  /** The names of those that answer from documents, for a sentence: {@code a, b and c}. */
  public String listedReading() {
    List<String> names =
        all.stream().filter(Path::readsDocuments).map(path -> path.name().name()).toList();
    int last = names.size() - 1;
    return last < 1
        ? String.join("", names)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
