package io.kvasir.postgres;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words of identifiers: codes, versions, paths and names of files, which PostgreSQL would take
 * whole, or apart at other places in a passage than in a question ({@code ORA-04280} has the number
 * -04280 for it, {@code ORA 04280} 04280). Each becomes the words by which people call it, so that
 * it is found written a little differently: {@code /etc/heron/zones.xml} as etc, heron, zones.xml,
 * zones and xml, {@code ORA-04280} as ORA, 04280, 4280 and ORA04280, {@code v2.17.1} as 2.17.1 and
 * 2.17.
 */
final class IdentifierWords {
  // Not of scripts without spaces, which stand right beside an identifier.
  private static final Pattern RUN =
      Pattern.compile(
          "[[\\p{L}\\p{M}\\p{N}_./~+@-]&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]]+");

  private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)+");
  private static final Pattern NAMED_VERSION = Pattern.compile("[vV]?(?=\\d+\\.\\d)(.*)");
  private static final Pattern CODE = Pattern.compile("[\\p{L}\\p{N}]+(?:[-_+~][\\p{L}\\p{N}]+)+");
  private static final Pattern NUMBERED = Pattern.compile("\\p{L}+(\\d{4,})");
  private static final Pattern ZEROS = Pattern.compile("0+(\\d+)");
  private static final Pattern APART =
      Pattern.compile("(?<![A-Za-z0-9])([A-Za-z]{1,10})\\s(\\d{3,})");
  private static final String MARKS = "./~+-_";

  /** The fewest digits of a number whose zeros in front people leave out. */
  private static final int LONG_NUMBER = 4;

  private IdentifierWords() {}

  /** The text with the words of each identifier in its place. */
  static String inPlace(String text) {
    StringBuilder words = new StringBuilder(text.length());
    Matcher run = RUN.matcher(text);
    int from = 0;
    while (run.find()) {
      List<String> names = names(run.group());
      if (!names.isEmpty()) {
        words.append(text, from, run.start()).append(' ');
        words.append(String.join(" ", names)).append(' ');
        from = run.end();
      }
    }
    return words.append(text, from, text.length()).toString();
  }

  /**
   * The words of a text's identifiers, and also those of codes that are written apart, in order.
   */
  static Set<String> of(String text) {
    Set<String> words = new LinkedHashSet<>();
    RUN.matcher(text).results().forEach(run -> words.addAll(names(run.group())));
    APART.matcher(text).results().forEach(code -> words.add(code.group(1) + code.group(2)));
    return words;
  }

  /** Of what stands between spaces; none if that is no identifier. */
  private static List<String> names(String run) {
    int start = 0;
    int end = run.length();
    while (start < end && MARKS.indexOf(run.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && MARKS.indexOf(run.charAt(end - 1)) >= 0) {
      end--;
    }
    if (start == end || run.indexOf('@') >= 0) {
      return List.of();
    }
    String[] steps = run.substring(start, end).split("/+", 0);
    Set<String> names = new LinkedHashSet<>();
    boolean found = steps.length > 1;
    for (String step : steps) {
      List<String> parts = parts(step);
      found |= parts != null;
      names.addAll(parts == null ? List.of(step) : parts);
    }
    return found ? List.copyOf(names) : List.of();
  }

  /** Of one step of a path; null if it is a plain word. */
  private static @Nullable List<String> parts(String step) {
    Matcher version = NAMED_VERSION.matcher(step);
    if (version.matches()) {
      return versions(version.group(1), new ArrayList<>());
    }
    if (step.indexOf('.') >= 0) {
      List<String> names = new ArrayList<>(List.of(step));
      pieces(step, names);
      return versions(step, names);
    }
    if (CODE.matcher(step).matches()) {
      return step.chars().anyMatch(Character::isDigit) ? code(step) : null;
    }
    Matcher numbered = NUMBERED.matcher(step);
    if (numbered.matches()) {
      return withoutZeros(new ArrayList<>(List.of(step, numbered.group(1))));
    }
    List<String> number = withoutZeros(new ArrayList<>(List.of(step)));
    return number.size() > 1 ? number : null;
  }

  /** The versions in a name, of long ones the first two numbers, and what is behind them. */
  private static List<String> versions(String name, List<String> names) {
    boolean inside = !names.isEmpty();
    Matcher version = VERSION.matcher(name);
    int end = 0;
    while (version.find()) {
      String[] numbers = version.group().split("\\.", 0);
      names.add(version.group());
      if (numbers.length > 2) {
        names.add(numbers[0] + "." + numbers[1]);
      }
      end = version.end();
    }
    if (!inside) {
      pieces(name.substring(end), names);
    }
    return names;
  }

  private static List<String> code(String step) {
    List<String> names = new ArrayList<>();
    pieces(step, names);
    if (Character.isLetter(step.codePointAt(0))) {
      names.add(step.replaceAll("[-_+~]", ""));
    }
    return withoutZeros(names);
  }

  /** The pieces between marks; not single letters, as in "e.g.". */
  private static void pieces(String name, List<String> names) {
    for (String piece : name.split("[^\\p{L}\\p{M}\\p{N}]+", 0)) {
      if (piece.length() > 1 || (!piece.isEmpty() && Character.isDigit(piece.charAt(0)))) {
        names.add(piece);
      }
    }
  }

  private static List<String> withoutZeros(List<String> names) {
    List<String> shorter = new ArrayList<>();
    for (String name : names) {
      Matcher zeros = ZEROS.matcher(name);
      if (name.length() >= LONG_NUMBER && zeros.matches()) {
        shorter.add(zeros.group(1));
      }
    }
    names.addAll(shorter);
    return names;
  }
}
