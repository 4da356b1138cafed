package io.kvasir.http.api;

import io.kvasir.core.ProblemException;
import io.kvasir.http.exchange.HeaderParameters;
import io.kvasir.http.exchange.PercentEncoding;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The headers of one part of a {@code multipart/form-data} body.
 *
 * @param field the name of the form's field
 * @param file the name of the file; null if the part is no file
 */
public record PartHeaders(String field, @Nullable String file) {
  private static final Set<String> AS_IT_IS = Set.of("7bit", "8bit", "binary");
  private static final String EXTENDED = "utf-8''";

  /**
   * Reads them.
   *
   * @throws ProblemException INVALID if they are not as a form's are
   */
  static PartHeaders of(String headers) {
    String disposition = null;
    for (String line : headers.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(0, colon)).strip();
      String value = line.substring(colon + 1).strip();
      if (name.equalsIgnoreCase("content-disposition")) {
        if (disposition != null) {
          throw invalid("A part has two headers content-disposition.");
        }
        disposition = value;
      } else if (name.equalsIgnoreCase("content-transfer-encoding") && !isAsItIs(value)) {
        throw invalid(
            "A part has a content-transfer-encoding other than binary; send the bytes as they are.");
      } else if (line.startsWith(" ") || line.startsWith("\t")) {
        throw invalid("A header of a part must stand on one line.");
      }
    }
    return of(disposition == null ? null : HeaderParameters.of(disposition));
  }

  private static PartHeaders of(@Nullable HeaderParameters disposition) {
    if (disposition == null || !disposition.value().equals("form-data")) {
      throw invalid(
          "A part has no header content-disposition such as: form-data; name=\"file\";"
              + " filename=\"a.md\".");
    }
    String field = disposition.parameters().get("name");
    if (field == null) {
      throw invalid("A part's content-disposition has no name; use name=\"file\" for files.");
    }
    return new PartHeaders(field, fileName(disposition));
  }

  private static @Nullable String fileName(HeaderParameters disposition) {
    String extended = disposition.parameters().get("filename*");
    if (extended != null) {
      if (!extended.regionMatches(true, 0, EXTENDED, 0, EXTENDED.length())) {
        throw invalid("The parameter filename* must begin with UTF-8''.");
      }
      return PercentEncoding.decode(extended.substring(EXTENDED.length()), "A file's name");
    }
    String plain = disposition.parameters().get("filename");
    return plain != null && disposition.quoting() == HeaderParameters.Quoting.OF_BROWSERS
        ? plain.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")
        : plain;
  }

  private static boolean isAsItIs(String encoding) {
    return AS_IT_IS.contains(encoding.toLowerCase(Locale.ROOT));
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(ProblemException.Kind.INVALID, message);
  }
}
