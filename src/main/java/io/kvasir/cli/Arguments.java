package io.kvasir.cli;

import io.kvasir.core.NearestName;
import io.kvasir.core.ProblemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A command line after its command's name, told apart into options and the rest. */
public final class Arguments {
  private final List<String> rest = new ArrayList<>();
  private final Map<String, List<String>> options = new LinkedHashMap<>();

  private Arguments() {}

  /**
   * Reads a command line: {@code --name value}, {@code --name=value}, {@code --switch}; after
   * {@code --} nothing is an option.
   *
   * @throws ProblemException INVALID for an unknown option, naming the nearest, or a missing value
   */
  public static Arguments parse(List<String> words, List<Command.Option> known) {
    Arguments arguments = new Arguments();
    boolean onlyRest = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (onlyRest || !word.startsWith("--")) {
        if (!onlyRest && word.startsWith("-") && word.length() > 1) {
          throw unknown(word, known);
        }
        arguments.rest.add(word);
      } else if (word.equals("--")) {
        onlyRest = true;
      } else {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
        Command.Option option = find(name, known);
        String value = "";
        if (equals >= 0) {
          value = word.substring(equals + 1);
        } else if (option.takesValue()) {
          if (i + 1 == words.size()) {
            throw wrong("--%s needs a value: --%s %s".formatted(name, name, option.value()));
          }
          value = words.get(++i);
        }
        if (!option.takesValue() && equals >= 0) {
          throw wrong("--%s takes no value".formatted(name));
        }
        arguments.options.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
      }
    }
    return arguments;
  }

  private static Command.Option find(String name, List<Command.Option> known) {
    return known.stream()
        .filter(option -> option.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown("--" + name, known));
  }

  private static ProblemException unknown(String word, List<Command.Option> known) {
    List<String> names = known.stream().map(option -> "--" + option.name()).toList();
    return wrong("unknown option %s%s".formatted(word, NearestName.hint(word, names)));
  }

  private static ProblemException wrong(String message) {
    return new ProblemException(ProblemException.Kind.INVALID, message);
  }

  /** The words that are no options. */
  public List<String> rest() {
    return List.copyOf(rest);
  }

  /** Whether an option was given. */
  public boolean has(String name) {
    return options.containsKey(name);
  }

  /** The last value given for an option. */
  public Optional<String> value(String name) {
    List<String> values = options.getOrDefault(name, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  /** Every value given for an option, each divided at commas. */
  public List<String> values(String name) {
    return options.getOrDefault(name, List.of()).stream()
        .flatMap(value -> Arrays.stream(value.split(",")))
        .map(String::strip)
        .filter(value -> !value.isEmpty())
        .toList();
  }

  /**
   * A number given for an option.
   *
   * @throws ProblemException INVALID naming the option, if it is none
   */
  public <N extends Number> Optional<N> number(String name, Function<String, N> parser) {
    return value(name)
        .map(
            text -> {
              try {
                return parser.apply(text);
              } catch (NumberFormatException e) {
                throw new ProblemException(
                    ProblemException.Kind.INVALID,
                    "--%s needs a number, not \"%s\"".formatted(name, text),
                    e);
              }
            });
  }

  /**
   * Makes sure that there is no word that is no option.
   *
   * @throws ProblemException INVALID naming the first
   */
  public void none() {
    if (!rest.isEmpty()) {
      throw wrong("\"%s\" is too much; only options may follow".formatted(rest.get(0)));
    }
  }

  /**
   * The one word that is no option.
   *
   * @throws ProblemException INVALID if there is none, or more than one
   */
  public String single(String what) {
    if (rest.size() != 1) {
      throw wrong(
          rest.isEmpty()
              ? "%s is missing".formatted(what)
              : "there is one %s too many: \"%s\" (put quotation marks around one with spaces)"
                  .formatted(what, rest.get(1)));
    }
    return rest.get(0);
  }
}
