package io.kvasir.ingest.format;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads a file of any known format. Reading one takes the caller's thread for a while. */
public final class DocumentReader {
  private final DocumentLimits limits;

  /** One that reads so much of a file at the most. */
  public DocumentReader(DocumentLimits limits) {
    this.limits = limits;
  }

  /** The version of what reads each sort of file now, by media type. */
  public static Map<String, Integer> versions() {
    return DocumentFormats.versions();
  }

  /**
   * The extensions of each sort of file that can be read, by media type: in lower case, without a
   * full stop, the usual one first.
   */
  public static Map<String, List<String>> extensions() {
    return DocumentFormats.extensions();
  }

  /**
   * Reads a file.
   *
   * @param name tells its kind by the extension
   * @throws ProblemException INVALID or TOO_LARGE with what is wrong with it; the sentence has no
   *     subject, since the file's name stands beside it
   */
  public LoadedDocument read(String name, Path file) throws IOException {
    long bytes = Files.size(file);
    if (bytes == 0) {
      throw new ProblemException(Kind.INVALID, "is empty");
    }
    checkBytes(bytes, limits.maxFileBytes(), "ingest.max-file-bytes");
    DocumentFormat format = DocumentFormats.of(name, beginning(file));
    DocumentDraft draft = new DocumentDraft(format, limits);
    try {
      return format.load(file, draft);
    } catch (StackOverflowError e) {
      throw new ProblemException(Kind.INVALID, "is nested too deeply to be read", e);
    }
  }

  private static void checkBytes(long bytes, long limit, String setting) {
    if (bytes > limit) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "has %s, and a file may have %s; split it or raise the setting %s"
              .formatted(inMebibytes(bytes), inMebibytes(limit), setting));
    }
  }

  static String inMebibytes(long bytes) {
    return bytes < 1 << 20
        ? bytes + " bytes"
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  private static byte[] beginning(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(DocumentFormats.BEGINNING);
    }
  }
}
