package io.kvasir.ingest.format;

import org.jsoup.nodes.Element;

/** Writes what a link, an exponent, an index or the mark of a note makes of the words within it. */
final class HtmlInlines {
  private final LinkAddresses addresses = new LinkAddresses();

  /**
   * An element ends.
   *
   * @param words all words; those within the element come last
   * @param beginning where those begin
   * @param heading whether it is in a heading, which no address is written into
   */
  void end(Element element, StringBuilder words, int beginning, boolean heading) {
    if (beginning > words.length()) {
      // A block began within it.
      return;
    }
    String inner = words.substring(beginning);
    if (LinkAddresses.isNoteMark(element, inner)) {
      replace(words, beginning, " " + bracketed(inner.strip()));
    } else if (!element.normalName().equals("a")) {
      script(element, words, beginning, inner);
    } else if (LinkAddresses.isArrow(element, inner)) {
      words.setLength(beginning);
    } else if (!heading) {
      String address = addresses.beyond(element, inner);
      words.append(address.isEmpty() ? "" : " (" + address + ")");
    }
  }

  private static void script(Element element, StringBuilder words, int beginning, String inner) {
    String text = inner.strip();
    if (text.isEmpty()) {
      return;
    }
    boolean apart = beginning == 0 || Character.isWhitespace(inner.charAt(0));
    char before = apart ? 0 : words.charAt(beginning - 1);
    boolean raised = element.normalName().equals("sup");
    String script = raised ? RaisedText.raised(text, before) : RaisedText.lowered(text);
    replace(words, beginning, (apart ? " " : "") + script);
  }

  /** Puts text in the place of what was written last; a space it begins with is never a second. */
  private static void replace(StringBuilder words, int beginning, String text) {
    words.setLength(beginning);
    boolean spaced = beginning == 0 || Character.isWhitespace(words.charAt(beginning - 1));
    words.append(spaced ? text.stripLeading() : text);
  }

  private static String bracketed(String mark) {
    return mark.startsWith("[") ? mark : "[" + mark + "]";
  }
}
