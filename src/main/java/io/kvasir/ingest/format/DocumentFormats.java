package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.ingest.format.DocumentFormat.FileType;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every format that can be read, told by a file's name and checked by its beginning. */
final class DocumentFormats {
  /** How many bytes of a file's beginning {@link #of} wants. */
  static final int BEGINNING = 1024;

  private static final DocumentFormat PLAIN_TEXT = new PlainTextFormat();
  private static final List<DocumentFormat> ALL =
      List.of(
          PLAIN_TEXT,
          new MarkdownFormat(),
          new HtmlFormat(),
          new PdfFormat(),
          TableFormat.commas(),
          TableFormat.tabs(),
          new JsonLinesFormat());

  private DocumentFormats() {}

  /**
   * What sort of file this is.
   *
   * @param name its name; the extension decides
   * @param beginning its first bytes; decide where there is no extension, and must not contradict
   * @throws ProblemException INVALID for other sorts, and for a file that is not what it is named
   */
  static DocumentFormat of(String name, byte[] beginning) {
    String extension = extension(name);
    Optional<DocumentFormat> named =
        ALL.stream().filter(format -> format.type().extensions().contains(extension)).findAny();
    if (named.isEmpty() && !extension.isEmpty()) {
      throw new ProblemException(
          Kind.INVALID,
          ".%s files cannot be read; those that can: %s".formatted(extension, known()));
    }
    String latin = new String(beginning, StandardCharsets.ISO_8859_1);
    foreign(latin)
        .ifPresent(
            foreign -> {
              throw new ProblemException(
                  Kind.INVALID,
                  "%s %s by its content, not text; convert it to one of: %s"
                      .formatted(
                          named.isPresent() ? "is named ." + extension + " but is" : "is",
                          foreign,
                          known()));
            });
    return named.map(format -> confirmed(format, extension, latin)).orElseGet(() -> told(latin));
  }

  private static DocumentFormat confirmed(
      DocumentFormat named, String extension, String beginning) {
    if (named.type().isMarked() && !named.begins(beginning)) {
      throw new ProblemException(
          Kind.INVALID,
          "is named .%s but is no %s; give it the extension of what it is"
              .formatted(extension, extension.toUpperCase(Locale.ROOT)));
    }
    for (DocumentFormat other : ALL) {
      FileType type = other.type();
      if (other != named && type.isMarked() && beginning.startsWith(type.mark())) {
        String right = type.extensions().get(0);
        throw new ProblemException(
            Kind.INVALID,
            "is named .%s but is a %s; name it .%s"
                .formatted(extension, right.toUpperCase(Locale.ROOT), right));
      }
    }
    return named;
  }

  private static DocumentFormat told(String beginning) {
    return ALL.stream().filter(format -> format.begins(beginning)).findFirst().orElse(PLAIN_TEXT);
  }

  /** The version of each format's reader, by media type. */
  static Map<String, Integer> versions() {
    return ALL.stream()
        .collect(
            Collectors.toUnmodifiableMap(
                format -> format.type().mediaType(), format -> format.type().version()));
  }

  /** The extensions of each format's files, by media type, in the order people are told them. */
  static Map<String, List<String>> extensions() {
    Map<String, List<String>> extensions = new LinkedHashMap<>();
    ALL.forEach(format -> extensions.put(format.type().mediaType(), format.type().extensions()));
    return Collections.unmodifiableMap(extensions);
  }

  /** The extensions that can be read, for messages. */
  static String known() {
    return ALL.stream()
        .flatMap(format -> format.type().extensions().stream())
        .map(extension -> "." + extension)
        .collect(Collectors.joining(" "));
  }

  /** What a binary file is that people take for a document; empty if it is none of these. */
  private static Optional<String> foreign(String latin) {
    if (latin.startsWith("PK\u0003\u0004")) {
      return Optional.of("a ZIP archive or an office document");
    }
    if (latin.startsWith("\u00d0\u00cf\u0011\u00e0")) {
      return Optional.of("an old office document");
    }
    if (latin.startsWith("\u001f\u008b")) {
      return Optional.of("compressed by gzip");
    }
    if (latin.startsWith("\u0089PNG")
        || latin.startsWith("\u00ff\u00d8\u00ff")
        || latin.startsWith("GIF8")) {
      return Optional.of("an image");
    }
    if (latin.startsWith("\u007fELF") || latin.startsWith("MZ\u0090")) {
      return Optional.of("a program");
    }
    return Optional.empty();
  }

  private static String extension(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot <= 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
