package io.kvasir.http.exchange;

/** Holds texts of requests to characters that are some: the same for fields, paths and queries. */
public final class Characters {
  private Characters() {}

  /**
   * Refuses NUL, which the database cannot store, and half a surrogate pair, which is none at all.
   *
   * @param text what came
   * @param field its full name; empty if it is no field
   * @param what it is, as the message calls it
   */
  public static void require(String text, String field, String what) {
    for (int index = 0; index < text.length(); index++) {
      char unit = text.charAt(index);
      boolean pair =
          Character.isHighSurrogate(unit)
              && index + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(index + 1));
      if (pair) {
        index++;
      } else if (unit == 0 || Character.isSurrogate(unit)) {
        throw new InvalidFieldException(
            field,
            "%s has U+%04X at %d, which is no character of a text."
                .formatted(what, (int) unit, index));
      }
    }
  }
}
