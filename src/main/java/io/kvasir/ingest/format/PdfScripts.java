package io.kvasir.ingest.format;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells raised and lowered small letters from those they stand beside: what is read as 10⁵ must not
 * become 105.
 */
final class PdfScripts {
  private static final float MAX_SIZE = 0.85f;
  private static final float MAX_GAP = 0.35f;
  private static final float MAX_OVERLAP = 0.5f;
  private static final float MIN_SHIFT = 0.12f;
  private static final float MAX_RAISED = 0.75f;
  private static final float MAX_LOWERED = 0.45f;
  private static final float WITHIN_WORD = 0.15f;
  private static final int MAX_LETTERS = 12;

  /** More letters are no exponent, unless all of them can be raised. */
  private static final int MAX_BRACKETED = 5;

  private static final Map<Integer, String> RAISED =
      pairs(
          "0123456789+-−=()nixabcdefghjklmoprstuvwyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷʸᶻ");
  private static final Map<Integer, String> LOWERED =
      pairs("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ");

  /** They mean the same beside a figure. */
  private static final Set<String> ORDINALS =
      Set.of(
          "st", "nd", "rd", "th", "er", "re", "ère", "ème", "eme", "do", "os", "as", "te", "ten");

  private static final Map<String, String> TRADE_MARKS = Map.of("TM", "™", "SM", "℠");

  private PdfScripts() {}

  /**
   * The runs with every script on the line of what it belongs to, in characters that say so.
   *
   * @param runs in the order in which they were drawn
   */
  static List<PdfRun> level(List<PdfRun> runs) {
    List<PdfRun> level = new ArrayList<>(runs.size());
    PdfRun host = null;
    float edge = 0;
    float neighbours = 0;
    for (int i = 0; i < runs.size(); i++) {
      PdfRun run = runs.get(i);
      PdfRun next = i + 1 < runs.size() ? runs.get(i + 1) : null;
      if (host != null
          && isScript(run, host, run.left() - edge)
          && shift(run, host) * neighbours >= 0) {
        neighbours = shift(run, host);
        edge = run.right();
        level.add(written(run, host, keepsItsMeaning(run, host, next)));
      } else if (next != null && isScript(run, next, next.left() - run.right())) {
        level.add(written(run, next, isSymbol(run.text())));
      } else {
        host = run;
        edge = run.right();
        neighbours = 0;
        level.add(run);
      }
    }
    return level;
  }

  private static boolean isScript(PdfRun run, PdfRun host, float gap) {
    float shift = shift(run, host);
    return run.letters().size() <= MAX_LETTERS
        && run.size() <= MAX_SIZE * host.size()
        && gap <= MAX_GAP * host.size()
        && gap >= -MAX_OVERLAP * host.size()
        && Math.abs(shift) >= MIN_SHIFT
        && shift <= MAX_RAISED
        && shift >= -MAX_LOWERED;
  }

  /** How far it is raised, in sizes of what it belongs to; negative if lowered. */
  private static float shift(PdfRun run, PdfRun host) {
    return (host.baseline() - run.baseline()) / host.size();
  }

  /** Whether it may stand on the line as it is: symbols, ordinals, and letters within a word. */
  private static boolean keepsItsMeaning(PdfRun run, PdfRun host, @Nullable PdfRun next) {
    String words = run.text();
    String before = host.text();
    boolean within =
        next != null
            && Math.abs(next.baseline() - host.baseline()) < MIN_SHIFT * host.size()
            && Math.abs(next.left() - run.right()) < WITHIN_WORD * host.size()
            && Character.isLetter(next.text().codePointAt(0))
            && words.codePoints().allMatch(Character::isLetter)
            && Character.isLetter(before.codePointBefore(before.length()));
    boolean ordinal =
        ORDINALS.contains(words) && Character.isDigit(before.codePointBefore(before.length()));
    return within || ordinal || isSymbol(words);
  }

  private static boolean isSymbol(String words) {
    return words.codePoints().noneMatch(c -> c < 0x80 && Character.isLetterOrDigit(c))
        && words.codePoints().noneMatch(RAISED::containsKey);
  }

  private static PdfRun written(PdfRun run, PdfRun host, boolean plain) {
    String words = plain ? run.text() : marked(run.text(), shift(run, host) > 0);
    PdfLetter all =
        new PdfLetter(
            words,
            run.left(),
            run.right(),
            host.baseline(),
            host.size(),
            host.letters().get(0).space());
    return new PdfRun(List.of(all), host.baseline(), host.size(), run.order());
  }

  private static String marked(String words, boolean raised) {
    if (raised && TRADE_MARKS.containsKey(words)) {
      return TRADE_MARKS.get(words);
    }
    Map<Integer, String> characters = raised ? RAISED : LOWERED;
    if (words.codePoints().allMatch(characters::containsKey)) {
      return words.codePoints().mapToObj(characters::get).collect(Collectors.joining());
    }
    return words.length() > MAX_BRACKETED ? words : (raised ? "^(" : "_(") + words + ")";
  }

  private static Map<Integer, String> pairs(String plain, String marked) {
    Map<Integer, String> pairs = new HashMap<>();
    int[] from = plain.codePoints().toArray();
    int[] to = marked.codePoints().toArray();
    for (int i = 0; i < from.length; i++) {
      pairs.put(from[i], Character.toString(to[i]));
    }
    return Map.copyOf(pairs);
  }
}
