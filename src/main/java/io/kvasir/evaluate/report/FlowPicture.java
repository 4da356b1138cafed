package io.kvasir.evaluate.report;

import io.kvasir.evaluate.Moves;
import io.kvasir.evaluate.Outcome;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which questions moved between two rows, as bands from outcomes on the left to those on the right.
 */
final class FlowPicture {
  private static final int WIDTH = 360;
  private static final int HEIGHT = 180;
  private static final int GAP = 10;
  private static final int TOP = 8;
  private static final int LEFT = 84;
  private static final int RIGHT = WIDTH - 84;
  private static final int NODE = 8;

  private final Moves moves;
  private final double scale;

  FlowPicture(Moves moves) {
    this.moves = moves;
    int gaps = GAP * (Outcome.values().length - 1);
    this.scale = (double) (HEIGHT - 2 * TOP - gaps) / Math.max(1, moves.total());
  }

  static String name(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /** The picture with a sentence that says the same. */
  Markup figure() {
    int better = 0;
    int worse = 0;
    for (Outcome other : Outcome.values()) {
      if (other != Outcome.RIGHT) {
        better += moves.count(other, Outcome.RIGHT);
        worse += moves.count(Outcome.RIGHT, other);
      }
    }
    Markup html =
        new Markup()
            .add(
                "<figure class=\"flow\"><figcaption><h3>%s → %s</h3><p>%d became right, %d became"
                    + " wrong, of %d.</p></figcaption>",
                moves.from(), moves.to(), better, worse, moves.total());
    html.add("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT, said());
    Map<Outcome, Double> lefts = tops(true);
    Map<Outcome, Double> rights = tops(false);
    for (Outcome outcome : Outcome.values()) {
      node(html, outcome, true, lefts);
      node(html, outcome, false, rights);
    }
    for (Moves.Move move : moves.moves()) {
      double thick = move.questions().size() * scale;
      if (thick > 0) {
        band(
            html,
            move.before() + " " + move.after(),
            lefts.merge(move.before(), thick, Double::sum) - thick,
            rights.merge(move.after(), thick, Double::sum) - thick,
            thick,
            said(move));
      }
    }
    return html.add("</svg></figure>");
  }

  private String said() {
    return moves.moves().stream()
        .filter(move -> !move.questions().isEmpty())
        .map(FlowPicture::said)
        .collect(Collectors.joining(", "));
  }

  private static String said(Moves.Move move) {
    return "%d %s → %s".formatted(move.questions().size(), name(move.before()), name(move.after()));
  }

  private int count(Outcome outcome, boolean before) {
    return moves.moves().stream()
        .filter(move -> (before ? move.before() : move.after()) == outcome)
        .mapToInt(move -> move.questions().size())
        .sum();
  }

  private Map<Outcome, Double> tops(boolean before) {
    Map<Outcome, Double> tops = new EnumMap<>(Outcome.class);
    double top = TOP;
    for (Outcome outcome : Outcome.values()) {
      tops.put(outcome, top);
      top += count(outcome, before) * scale + GAP;
    }
    return tops;
  }

  private void node(Markup html, Outcome outcome, boolean before, Map<Outcome, Double> tops) {
    int count = count(outcome, before);
    double top = tops.getOrDefault(outcome, 0.0);
    html.add(
        "<rect class=\"%s\" x=\"%d\" y=\"%.1f\" width=\"%d\" height=\"%.1f\"/>"
            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"%s\">%s <tspan>%d</tspan></text>",
        name(outcome),
        before ? LEFT - NODE : RIGHT,
        top,
        NODE,
        Math.max(1, count * scale),
        before ? LEFT - NODE - 8 : RIGHT + NODE + 8,
        Math.max(top + count * scale / 2, top) + 4,
        before ? "end" : "start",
        name(outcome),
        count);
  }

  private static void band(
      Markup html, String kind, double from, double to, double thick, String said) {
    double middle = (LEFT + RIGHT) / 2.0;
    html.add(
        "<path class=\"band %s\" d=\"M%d %.1fC%.1f %.1f %.1f %.1f %d %.1fV%.1fC%.1f %.1f %.1f %.1f"
            + " %d %.1fZ\"><title>%s</title></path>",
        kind.toLowerCase(Locale.ROOT).replace(' ', '-'),
        LEFT,
        from,
        middle,
        from,
        middle,
        to,
        RIGHT,
        to,
        to + thick,
        middle,
        to + thick,
        middle,
        from + thick,
        LEFT,
        from + thick,
        said);
  }
}
