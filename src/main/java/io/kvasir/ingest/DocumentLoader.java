package io.kvasir.ingest;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** Reads a file of any known kind. Reading one takes the caller's thread for a while. */
final class DocumentLoader {
  private final IngestionLimits limits;

  DocumentLoader(IngestionLimits limits) {
    this.limits = limits;
  }

  /**
   * Reads a file.
   *
   * @param name tells its kind by the extension
   * @param cancelled asked now and then
   * @throws ProblemException INVALID or TOO_LARGE with what is wrong with it; the sentence has no
   *     subject, since the file's name stands beside it
   */
  LoadedDocument load(String name, Path file, BooleanSupplier cancelled) throws IOException {
    long bytes = Files.size(file);
    if (bytes == 0) {
      throw new ProblemException(Kind.INVALID, "is empty");
    }
    checkBytes(bytes, limits.maxFileBytes(), "ingest.max-file-bytes");
    FileKind kind = FileKind.of(name, beginning(file));
    DocumentDraft draft = new DocumentDraft(limits.maxCharacters());
    try {
      return switch (kind) {
        case PLAIN_TEXT -> PlainTextLoader.load(Files.readAllBytes(file), draft);
        case MARKDOWN -> {
          checkMarkup(bytes);
          yield MarkdownLoader.load(Files.readAllBytes(file), draft);
        }
        case HTML -> {
          checkMarkup(bytes);
          yield HtmlLoader.load(Files.readAllBytes(file), draft);
        }
        case PDF -> new PdfLoader(limits, cancelled).load(file, draft);
      };
    } catch (StackOverflowError e) {
      throw new ProblemException(Kind.INVALID, "is nested too deeply to be read", e);
    } catch (OutOfMemoryError e) {
      // Most often one huge array of a decompressed stream, which was never allocated: the server
      // has its memory back when this file is let go.
      throw new ProblemException(
          Kind.TOO_LARGE, "needs more memory than the server has; split the file", e);
    }
  }

  /** A tree of a marked-up file takes some ten times its size. */
  private static void checkMarkup(long bytes) {
    if (bytes > HtmlLoader.MAX_BYTES) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "has %s; marked-up files may have %s; split the file"
              .formatted(inMebibytes(bytes), inMebibytes(HtmlLoader.MAX_BYTES)));
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

  private static String inMebibytes(long bytes) {
    return bytes < 1 << 20
        ? bytes + " bytes"
        : String.format(java.util.Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  private static byte[] beginning(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(FileKind.BEGINNING);
    }
  }
}
