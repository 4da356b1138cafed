package io.kvasir.ingest.format;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** Finds the charset that a page declares: in the declaration of XML, or in a {@code meta}. */
final class DeclaredCharset {
  /** Where it is looked for; browsers want it within 1,024 bytes but take it later, too. */
  static final int WITHIN_BYTES = 16 * 1024;

  private DeclaredCharset() {}

  /** The charset of a page as browsers understand its name; empty if none is declared. */
  static Optional<Charset> of(byte[] page) {
    int length = Math.min(page.length, WITHIN_BYTES);
    String beginning = new String(page, 0, length, StandardCharsets.ISO_8859_1);
    return inXml(beginning).or(() -> inMeta(beginning));
  }

  private static Optional<Charset> inXml(String beginning) {
    int end = beginning.startsWith("<?xml") ? beginning.indexOf('>') : -1;
    return end < 0
        ? Optional.empty()
        : value(beginning.substring(0, end), "encoding").flatMap(CharsetLabels::charset);
  }

  /** Only a real {@code meta}: not one in a comment or a script, nor an attribute of a script. */
  private static Optional<Charset> inMeta(String beginning) {
    return Jsoup.parse(beginning).select("meta").stream()
        .map(DeclaredCharset::label)
        .flatMap(Optional::stream)
        .map(CharsetLabels::charset)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> label(Element meta) {
    if (meta.hasAttr("charset")) {
      return Optional.of(meta.attr("charset"));
    }
    return meta.attr("http-equiv").strip().equalsIgnoreCase("content-type")
        ? value(meta.attr("content"), "charset")
        : Optional.empty();
  }

  /** What stands behind a name and an equals sign, with or without quotes. */
  private static Optional<String> value(String text, String name) {
    String lower = text.toLowerCase(Locale.ROOT);
    for (int at = lower.indexOf(name); at >= 0; at = lower.indexOf(name, at + 1)) {
      String rest = text.substring(at + name.length()).stripLeading();
      if (rest.startsWith("=")) {
        return Optional.of(unquoted(rest.substring(1).strip()));
      }
    }
    return Optional.empty();
  }

  private static String unquoted(String value) {
    char first = value.isEmpty() ? ' ' : value.charAt(0);
    boolean quoted = first == '"' || first == '\'';
    int from = quoted ? 1 : 0;
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted ? c == first : Character.isWhitespace(c) || c == ';') {
        return value.substring(from, i);
      }
    }
    return value.substring(from);
  }
}
