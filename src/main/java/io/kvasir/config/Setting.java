package io.kvasir.config;

import io.kvasir.core.ProblemException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing that can be set: its name, what it may be, and what it is when nobody says anything.
 *
 * @param key dotted lower case, for example {@code http.port}
 * @param standard the default as it would be written; empty for none
 * @param range what values are allowed, in words
 * @param explanation one sentence for the person who sets it
 * @param secret whether its value is never shown
 * @param parser turns what is written into a value; throws IllegalArgumentException
 * @param <T> the type of its value
 */
public record Setting<T>(
    String key,
    String standard,
    String range,
    String explanation,
    boolean secret,
    Function<String, T> parser) {
  static final String HIDDEN = "(set)";

  private static final String PREFIX = "KVASIR_";
  private static final Pattern BYTES = Pattern.compile("(\\d{1,15})\\s*(KiB|MiB|GiB)?");

  /** A whole number. */
  public static Setting<Integer> number(
      String key, int standard, int least, int most, String explanation) {
    return new Setting<>(
        key,
        Integer.toString(standard),
        least + " to " + most,
        explanation,
        false,
        written -> (int) within(Long.parseLong(written), least, most));
  }

  /** A number with decimals. */
  public static Setting<Double> decimal(
      String key, String standard, int least, int most, String explanation) {
    return new Setting<>(
        key,
        standard,
        least + " to " + most,
        explanation,
        false,
        written -> {
          double value = Double.parseDouble(written);
          if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(written);
          }
          return value;
        });
  }

  /** A number of bytes, as such or with KiB, MiB or GiB behind it. */
  public static Setting<Long> bytes(
      String key, String standard, String least, String most, String explanation) {
    long lower = toBytes(least);
    long upper = toBytes(most);
    return new Setting<>(
        key,
        standard,
        least + " to " + most,
        explanation,
        false,
        written -> within(toBytes(written), lower, upper));
  }

  /** A time in whole seconds. */
  public static Setting<Duration> seconds(
      String key, int standard, int least, int most, String explanation) {
    Setting<Integer> number = number(key, standard, least, most, explanation);
    return new Setting<>(
        key,
        number.standard(),
        number.range(),
        explanation,
        false,
        written -> Duration.ofSeconds(number.parser().apply(written)));
  }

  /** Yes or no. */
  public static Setting<Boolean> flag(String key, boolean standard, String explanation) {
    return new Setting<>(
        key,
        standard ? "yes" : "no",
        "yes or no",
        explanation,
        false,
        written -> {
          if (!written.equals("yes") && !written.equals("no")) {
            throw new IllegalArgumentException(written);
          }
          return written.equals("yes");
        });
  }

  /** One of a few values, by their wire names. */
  public static <T extends Enum<T>> Setting<T> choice(
      String key, T standard, T[] values, String explanation) {
    List<String> names = Arrays.stream(values).map(Enum::toString).toList();
    return new Setting<>(
        key,
        standard.toString(),
        String.join(", ", names),
        explanation,
        false,
        written -> {
          int place = names.indexOf(written);
          if (place < 0) {
            throw new IllegalArgumentException(written);
          }
          return values[place];
        });
  }

  /** A text, which may be empty. */
  public static Setting<String> text(
      String key, String standard, String range, String explanation) {
    return new Setting<>(key, standard, range, explanation, false, written -> written);
  }

  /** A text of a given form. */
  public static Setting<String> text(
      String key, String standard, Pattern form, String range, String explanation) {
    return new Setting<>(
        key,
        standard,
        range,
        explanation,
        false,
        written -> {
          if (!form.matcher(written).matches()) {
            throw new IllegalArgumentException(written);
          }
          return written;
        });
  }

  /** A text of a given form that is never shown. */
  public static Setting<String> secret(String key, Pattern form, String range, String explanation) {
    return new Setting<>(
        key, "", range, explanation, true, text(key, "", form, range, explanation).parser());
  }

  /** A list, its items divided by commas. */
  public static <T> Setting<List<T>> list(
      String key, String range, String explanation, Function<String, T> item) {
    return new Setting<>(
        key,
        "",
        range,
        explanation,
        false,
        written ->
            Arrays.stream(written.split(","))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(item)
                .toList());
  }

  /** The name of the environment variable that sets it. */
  public String variable() {
    return variable(key);
  }

  static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  static boolean isVariable(String name) {
    return name.startsWith(PREFIX);
  }

  /**
   * The value that a text stands for.
   *
   * @param origin where the text was found, for the error
   * @throws ProblemException INVALID, naming the setting, the text and what is allowed
   */
  T parse(String written, String origin) {
    try {
      return parser.apply(written.strip());
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "%s is \"%s\" (%s); it can be %s"
              .formatted(key, secret ? HIDDEN : written, origin, range),
          secret ? new IllegalArgumentException(key) : e);
    }
  }

  private static long within(long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(Long.toString(value));
    }
    return value;
  }

  private static long toBytes(String written) {
    Matcher matcher = BYTES.matcher(written);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(written);
    }
    String unit = matcher.group(2);
    int shift = unit == null ? 0 : 10 * (1 + "KMG".indexOf(unit.charAt(0)));
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << shift);
  }
}
