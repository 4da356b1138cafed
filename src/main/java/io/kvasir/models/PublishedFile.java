package io.kvasir.models;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A GGUF file that somebody publishes, outside the catalogue.
 *
 * @param address https, or http on this machine
 * @param sha256 the checksum that its publisher names, hexadecimal in small letters
 * @param name what to call it
 * @param most bytes that it may have
 */
public record PublishedFile(URI address, String sha256, String name, long most) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127\\.0\\.0\\.1|\\[::1]");

  /**
   * A file, as somebody writes it down.
   *
   * @param name null to take it from the address
   * @throws ProblemException INVALID, saying what is wrong with which of them
   */
  public static PublishedFile of(String address, String sha256, @Nullable String name, long most) {
    String checksum = sha256.toLowerCase(Locale.ROOT);
    if (!SHA256.matcher(checksum).matches()) {
      throw new ProblemException(
          Kind.INVALID,
          "\"%s\" is no SHA-256: 64 hexadecimal digits, as the publisher names it."
              .formatted(sha256));
    }
    URI uri = uri(address);
    String own = name == null ? ImportedModel.nameOf(lastSegment(uri)) : name;
    CatalogueEntry.checkName(own);
    return new PublishedFile(uri, checksum, own, most);
  }

  private static String lastSegment(URI uri) {
    String path = uri.getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static URI uri(String address) {
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Kind.INVALID, "\"" + address + "\" is no address.", e);
    }
    boolean here = uri.getHost() != null && THIS_MACHINE.matcher(uri.getHost()).matches();
    if (uri.getHost() == null
        || !("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && here))) {
      throw new ProblemException(
          Kind.INVALID,
          "%s is not fetched: an address begins with https:// (http:// on this machine alone)."
              .formatted(address));
    }
    return uri;
  }
}
