package io.kvasir.encode;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.util.ArrayList;
import java.util.List;

/** The encoders there are, by name and by language. */
public final class Encoders implements AutoCloseable {
  private final List<Encoder> encoders;

  /** A fixed set; the first one takes the languages that no other one was trained for. */
  public Encoders(List<? extends Encoder> encoders) {
    if (encoders.isEmpty()) {
      throw new IllegalArgumentException("there must be an encoder");
    }
    this.encoders = List.copyOf(encoders);
  }

  /** All of them. */
  public List<Encoder> all() {
    return encoders;
  }

  /** The encoder of that name; NOT_FOUND naming those there are. */
  public Encoder named(String name) {
    return encoders.stream()
        .filter(encoder -> encoder.description().name().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                new ProblemException(
                    Kind.NOT_FOUND,
                    "there is no encoder %s; there are: %s"
                        .formatted(
                            name,
                            String.join(
                                ", ",
                                encoders.stream().map(e -> e.description().name()).toList()))));
  }

  /**
   * The encoder for a language.
   *
   * @param language BCP 47; only the part before the first hyphen counts
   */
  public Encoder forLanguage(String language) {
    return encoders.stream()
        .filter(encoder -> encoder.description().speaks(language))
        .findFirst()
        .orElse(encoders.get(0));
  }

  @Override
  public void close() {
    List<RuntimeException> failures = new ArrayList<>();
    for (Encoder encoder : encoders) {
      try {
        encoder.close();
      } catch (RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      RuntimeException first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }
}
