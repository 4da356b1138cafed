package io.kvasir.gguf;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.gguf.family.MetadataNumbers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The named values of a GGUF file, asked for by the type that is expected; errors name the key. A
 * value is a {@code String}, {@code Long}, {@code Double}, {@code Boolean}, a {@code List} of
 * strings or a {@code double[]}.
 */
public final class GgufMetadata implements MetadataNumbers {
  /** Beyond this a number is no base and no epsilon. */
  private static final double MOST = 1e12;

  private final Map<String, Object> values;

  GgufMetadata(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** Whether there is a value of that key. */
  public boolean has(String key) {
    return values.containsKey(key);
  }

  /** Whether there is a value whose key begins so. */
  boolean hasBeginning(String beginning) {
    return values.keySet().stream().anyMatch(key -> key.startsWith(beginning));
  }

  /** The text of that key, if there is one. */
  public Optional<String> text(String key) {
    return of(key, String.class, "a text");
  }

  /** The yes or no of that key, if there is one. */
  public Optional<Boolean> flag(String key) {
    return of(key, Boolean.class, "true or false");
  }

  /** The whole number of that key, if there is one. */
  public Optional<Long> whole(String key) {
    return of(key, Long.class, "a whole number");
  }

  /** The number of that key, whole or not, if there is one. */
  public Optional<Double> number(String key) {
    return of(key, Number.class, "a number").map(Number::doubleValue);
  }

  /** The numbers of that key, if there are any. */
  public Optional<double[]> numbers(String key) {
    return of(key, double[].class, "an array of numbers");
  }

  /** The texts of that key, if there are any. */
  public Optional<List<String>> texts(String key) {
    return of(key, List.class, "an array of texts")
        .map(
            list -> {
              @SuppressWarnings("unchecked") // lists are only ever made of texts
              List<String> texts = list;
              return texts;
            });
  }

  /** A whole number that has to be there and within the bounds. */
  public int whole(String key, int least, int most) {
    return within(key, whole(key).orElseThrow(() -> missing(key)), least, most);
  }

  private static int within(String key, long value, int least, int most) {
    if (value < least || value > most) {
      throw new ProblemException(
          Kind.INVALID,
          "Metadata %s is %d; it has to be from %d to %d.".formatted(key, value, least, most));
    }
    return (int) value;
  }

  /**
   * A whole number that has to be there and within the bounds: once for all layers, or once for
   * each and always the same.
   */
  int alike(String key, int least, int most) {
    if (!(values.get(key) instanceof double[] each) || each.length == 0) {
      return whole(key, least, most);
    }
    if (Arrays.stream(each).anyMatch(number -> number != each[0])) {
      throw new ProblemException(
          Kind.INVALID,
          "Metadata %s differs from layer to layer, which cannot be run.".formatted(key));
    }
    return within(key, (long) each[0], least, most);
  }

  /**
   * {@inheritDoc}
   *
   * @param otherwise no number if it has to be there
   */
  @Override
  public double positive(String key, double otherwise) {
    double value = number(key).orElse(otherwise);
    if (Double.isNaN(value) && !has(key)) {
      throw missing(key);
    }
    if (!(value > 0) || value > MOST) {
      throw new ProblemException(
          Kind.INVALID, "Metadata %s is %s; it has to be above 0.".formatted(key, value));
    }
    return value;
  }

  /** The failure of a key that has to be there. */
  static ProblemException missing(String key) {
    return new ProblemException(Kind.INVALID, "The file lacks the metadata " + key + ".");
  }

  private <T> Optional<T> of(String key, Class<T> type, String expected) {
    Object value = values.get(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!type.isInstance(value)) {
      throw new ProblemException(
          Kind.INVALID, "Metadata %s has to be %s.".formatted(key, expected));
    }
    return Optional.of(type.cast(value));
  }
}
