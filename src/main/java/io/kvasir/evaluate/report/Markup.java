package io.kvasir.evaluate.report;

import io.kvasir.evaluate.Measure;
import java.util.Locale;

/** Writes HTML in which nothing that somebody else wrote is markup. */
final class Markup {
  private final StringBuilder html = new StringBuilder();

  /** Adds markup; what is put in for {@code %s} is escaped. */
  Markup add(String markup, Object... texts) {
    Object[] escaped = new Object[texts.length];
    for (int i = 0; i < texts.length; i++) {
      escaped[i] = texts[i] instanceof String text ? escape(text) : texts[i];
    }
    html.append(String.format(Locale.ROOT, markup, escaped));
    return this;
  }

  /** Adds markup of another one. */
  Markup add(Markup other) {
    html.append(other.html);
    return this;
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      switch (each) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        case '\0' -> escaped.append('\uFFFD');
        default -> escaped.append(each);
      }
    }
    return escaped.toString();
  }

  /** A value as tables have it: shares without their leading zero, units behind the number. */
  static String value(Measure measure, double value) {
    String printed =
        measure.unit() == Measure.Unit.SHARE
            ? share(Math.abs(value))
            : measure.unit().print(Math.abs(value));
    return value < 0 ? "−" + printed : printed;
  }

  private static String share(double value) {
    String printed = String.format(Locale.ROOT, "%.2f", value);
    return printed.startsWith("0.") ? printed.substring(1) : printed;
  }

  /** An interval; a dash between two minus signs would be read as one more. */
  static String interval(Measure measure, double low, double high) {
    return value(measure, low) + (low < 0 ? " to " : "–") + value(measure, high);
  }

  /** A value with its sign. */
  static String signed(Measure measure, double value) {
    String printed = value(measure, Math.abs(value));
    boolean nothing = printed.matches("[.,0]*");
    return nothing ? printed : (value < 0 ? "−" : "+") + printed;
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
