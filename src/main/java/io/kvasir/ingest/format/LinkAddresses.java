package io.kvasir.ingest.format;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Knows which links say more than their words, and which are the marks of notes. */
final class LinkAddresses {
  /** A longer address is for machines. */
  static final int MAX_CHARACTERS = 200;

  private static final int MAX_MARK = 5;
  private static final Set<String> SCHEMES = Set.of("http", "https", "ftp", "mailto", "tel");

  private final Set<String> told = new HashSet<>();

  /**
   * The address of a link, if it is one outside of the page that its words do not tell; each is
   * told once. Nothing otherwise.
   */
  String beyond(Element link, String words) {
    String address = link.attr("href").strip();
    int colon = address.indexOf(':');
    String scheme = colon < 0 ? "" : address.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme) || address.length() > MAX_CHARACTERS || words.isBlank()) {
      return "";
    }
    boolean site = address.startsWith("//", colon + 1);
    String shown = site ? address : address.substring(colon + 1);
    return isTold(shown, words) || !told.add(shown) ? "" : shown;
  }

  /** Whether a raised text or a link is the mark of a note rather than part of the text. */
  static boolean isNoteMark(Element element, String text) {
    String mark = text.strip();
    if (mark.isEmpty() || mark.length() > MAX_MARK) {
      return false;
    }
    boolean bracketed = mark.startsWith("[") && mark.endsWith("]");
    return switch (element.normalName()) {
      case "a" -> isWithinPage(element) && (bracketed || isNote(element));
      case "sup" -> bracketed || isNote(element) || isLinkWithinPage(element);
      default -> false;
    };
  }

  /** Whether a link only leads back, as the arrows behind notes do. */
  static boolean isArrow(Element link, String text) {
    return isWithinPage(link)
        && !text.isBlank()
        && text.codePoints().noneMatch(Character::isLetterOrDigit);
  }

  private static boolean isLinkWithinPage(Element raised) {
    Element child = raised.firstElementChild();
    return child != null && child.normalName().equals("a") && isWithinPage(child);
  }

  private static boolean isWithinPage(Element link) {
    return link.attr("href").startsWith("#");
  }

  private static boolean isNote(Element element) {
    String told =
        element.className() + ' ' + element.attr("role") + ' ' + element.attr("epub:type");
    String lower = told.toLowerCase(Locale.ROOT);
    return lower.contains("footnote") || lower.contains("noteref") || lower.contains("reference");
  }

  private static boolean isTold(String address, String words) {
    String bare = bare(address);
    return bare.isEmpty() || bare(words).contains(bare);
  }

  /** Without what people leave out when they write an address. */
  private static String bare(String address) {
    StringBuilder bare = new StringBuilder(address.strip().toLowerCase(Locale.ROOT));
    for (String beginning : new String[] {"http://", "https://", "ftp://", "www."}) {
      if (bare.indexOf(beginning) == 0) {
        bare.delete(0, beginning.length());
      }
    }
    while (!bare.isEmpty() && bare.charAt(bare.length() - 1) == '/') {
      bare.setLength(bare.length() - 1);
    }
    return bare.toString();
  }
}
