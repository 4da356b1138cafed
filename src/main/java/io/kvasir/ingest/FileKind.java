package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The sorts of files that can be read, told by their names and checked by their beginnings. */
enum FileKind {
  PLAIN_TEXT("text/plain", "txt text"),
  MARKDOWN("text/markdown", "md markdown"),
  HTML("text/html", "html htm xhtml"),
  PDF("application/pdf", "pdf");

  /** How many bytes of a file's beginning {@link #of} wants. */
  static final int BEGINNING = 1024;

  private static final Pattern HTML_BEGINNING =
      Pattern.compile(
          "\\s*(<\\?xml[^>]*>\\s*)?(<!--.*?-->\\s*)*<(!doctype\\s+html|html|head|body)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final String mediaType;
  private final String extensions;

  FileKind(String mediaType, String extensions) {
    this.mediaType = mediaType;
    this.extensions = extensions;
  }

  private List<String> extensions() {
    return List.of(extensions.split(" ", -1));
  }

  /** Its media type. */
  String mediaType() {
    return mediaType;
  }

  /**
   * What sort of file this is.
   *
   * @param name its name; the extension decides
   * @param beginning its first bytes; decide where there is no extension, and must not contradict
   * @throws ProblemException INVALID for other sorts, and for a file that is not what it is named
   */
  static FileKind of(String name, byte[] beginning) {
    String extension = extension(name);
    Optional<FileKind> named =
        Arrays.stream(values()).filter(kind -> kind.extensions().contains(extension)).findAny();
    Optional<String> foreign = foreign(beginning);
    if (named.isEmpty() && !extension.isEmpty()) {
      throw new ProblemException(
          Kind.INVALID,
          ".%s files cannot be read; those that can: %s".formatted(extension, known()));
    }
    if (foreign.isPresent()) {
      throw new ProblemException(
          Kind.INVALID,
          "%s %s by its content, not text; convert it to one of: %s"
              .formatted(
                  named.isPresent() ? "is named ." + extension + " but is" : "is",
                  foreign.get(),
                  known()));
    }
    boolean pdf = latin(beginning).contains("%PDF-");
    if (named.isEmpty()) {
      return pdf ? PDF : HTML_BEGINNING.matcher(latin(beginning)).matches() ? HTML : PLAIN_TEXT;
    }
    FileKind kind = named.get();
    if (kind == PDF && !pdf) {
      throw new ProblemException(
          Kind.INVALID, "is named .pdf but is no PDF; give it the extension of what it is");
    }
    if (kind != PDF && latin(beginning).startsWith("%PDF-")) {
      throw new ProblemException(
          Kind.INVALID, "is named .%s but is a PDF; name it .pdf".formatted(extension));
    }
    return kind;
  }

  /** The extensions that can be read, for messages. */
  static String known() {
    return Arrays.stream(values())
        .flatMap(kind -> kind.extensions().stream())
        .map(extension -> "." + extension)
        .collect(Collectors.joining(" "));
  }

  /** What a binary file is that people take for a document; empty if it is none of these. */
  private static Optional<String> foreign(byte[] beginning) {
    String latin = latin(beginning);
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

  private static String latin(byte[] beginning) {
    return new String(beginning, StandardCharsets.ISO_8859_1);
  }

  private static String extension(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot <= 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
