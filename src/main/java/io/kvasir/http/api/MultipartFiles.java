package io.kvasir.http.api;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.ingest.Ingestion;
import io.kvasir.ingest.IngestionLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.fileupload.FileUploadBase.FileUploadIOException;
import org.apache.commons.fileupload.MultipartStream;
import org.apache.commons.fileupload.MultipartStream.MalformedStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Splits a {@code multipart/form-data} body that arrived as a whole into its files. It blocks, and
 * is for one body. What a part says of its own type and character set changes nothing: a file is
 * its bytes, and a field is UTF-8.
 */
final class MultipartFiles {
  private static final int PIECE_BYTES = 64 << 10;
  private static final int HEADER_BYTES = 8 << 10;
  private static final int FIELD_BYTES = 4 << 10;

  /** Beside each file its name, and some fields for all. */
  private static final int OTHER_FIELDS = 16;

  private final Path folder;
  private final int mostFiles;
  private final List<Ingestion.Source> sources = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private final Map<String, String> fields = new HashMap<>();
  private @Nullable String nextName;
  private int otherFields;

  private MultipartFiles(Path folder, int mostFiles) {
    this.folder = folder;
    this.mostFiles = mostFiles;
  }

  /**
   * Splits a body.
   *
   * @param boundary what the request's content-type says
   * @param folder where the files go, which are the caller's if this returns
   * @throws ProblemException INVALID or TOO_LARGE with what is wrong with the body
   * @throws IOException if the folder's disk fails
   */
  static Upload.Received split(Path body, String boundary, Path folder, int mostFiles)
      throws IOException {
    MultipartFiles files = new MultipartFiles(folder, mostFiles);
    try (InputStream input = Files.newInputStream(body)) {
      return files.read(input, boundary);
    } catch (MalformedStreamException | FileUploadIOException malformed) {
      files.delete();
      throw invalid(
          "The upload is no multipart/form-data: a boundary is missing, or the headers of a part are"
              + " longer than %d bytes. Send it again.".formatted(HEADER_BYTES),
          malformed);
    } catch (IOException | RuntimeException failure) {
      files.delete();
      throw failure;
    }
  }

  private Upload.Received read(InputStream input, String boundary) throws IOException {
    MultipartStream parts =
        new MultipartStream(input, boundary.getBytes(StandardCharsets.US_ASCII), PIECE_BYTES, null);
    parts.setHeaderEncoding(StandardCharsets.UTF_8.name());
    parts.setPartHeaderSizeMax(HEADER_BYTES);
    for (boolean more = parts.skipPreamble(); more; more = parts.readBoundary()) {
      PartHeaders headers = PartHeaders.of(parts.readHeaders());
      if (headers.file() == null) {
        take(headers.field(), parts);
      } else {
        take(headers.field(), headers.file(), parts);
      }
    }
    if (nextName != null) {
      throw invalid("Behind the field 'name' must come the file that is called so.", null);
    }
    if (sources.isEmpty()) {
      throw invalid("There is no file in the upload; use the field 'file'.", null);
    }
    return new Upload.Received(Map.copyOf(fields), List.copyOf(sources));
  }

  private void take(String field, MultipartStream parts) throws IOException {
    if (++otherFields > mostFiles + OTHER_FIELDS) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "The upload has more than %d fields that are no files."
              .formatted(mostFiles + OTHER_FIELDS));
    }
    FieldBytes bytes = new FieldBytes(field);
    parts.readBodyData(bytes);
    String text = bytes.text();
    if (!field.equals("name")) {
      if (!text.isBlank()) {
        fields.put(field, text);
      }
      return;
    }
    if (nextName != null) {
      throw invalid("Behind the field 'name' must come the file that is called so.", null);
    }
    nextName = text;
  }

  private void take(String field, String headerName, MultipartStream parts) throws IOException {
    String name = nextName == null ? headerName : nextName;
    nextName = null;
    if (!"file".equals(field)) {
      throw invalid("There is a file in the field '%s'; use 'file'.".formatted(field), null);
    }
    requireName(name);
    if (!names.add(name)) {
      throw invalid("Two files are called '%s'; rename one.".formatted(name), null);
    }
    if (sources.size() == mostFiles) {
      throw new ProblemException(
          Kind.TOO_LARGE,
          "One upload can have %d files; send the others in another.".formatted(mostFiles));
    }
    Path content = folder.resolve(UUID.randomUUID() + ".upload");
    sources.add(new Ingestion.Source(name, content, true));
    try (OutputStream file = Files.newOutputStream(content)) {
      parts.readBodyData(file);
    }
  }

  private static void requireName(String name) {
    boolean odd =
        name.chars().anyMatch(unit -> Character.isISOControl(unit) || unit == 0xFFFD)
            || name.isBlank()
            || name.length() > IngestionLimits.NAME_CHARACTERS;
    if (odd) {
      throw invalid(
          "A file needs a name of up to %d printable characters; rename '%s'."
              .formatted(
                  IngestionLimits.NAME_CHARACTERS,
                  name.substring(0, Math.min(name.length(), 80))
                      .replaceAll("\\p{Cntrl}", "\uFFFD")),
          null);
    }
  }

  private void delete() {
    for (Ingestion.Source source : sources) {
      Upload.delete(source.content());
    }
  }

  private static ProblemException invalid(String message, @Nullable Throwable cause) {
    return cause == null
        ? new ProblemException(Kind.INVALID, message)
        : new ProblemException(Kind.INVALID, message, cause);
  }

  /** What a field holds, which is short. */
  private static final class FieldBytes extends ByteArrayOutputStream {
    private final String field;

    private FieldBytes(String field) {
      this.field = field;
    }

    @Override
    public synchronized void write(byte[] piece, int from, int length) {
      if (size() + length > FIELD_BYTES) {
        throw new InvalidFieldException(
            field, "The field '%s' can have %d bytes.".formatted(field, FIELD_BYTES));
      }
      super.write(piece, from, length);
    }

    private String text() {
      try {
        return StandardCharsets.UTF_8
            .newDecoder()
            .decode(ByteBuffer.wrap(toByteArray()))
            .toString();
      } catch (CharacterCodingException malformed) {
        InvalidFieldException failure =
            new InvalidFieldException(field, "The field '%s' is not UTF-8.".formatted(field));
        failure.initCause(malformed);
        throw failure;
      }
    }
  }
}
