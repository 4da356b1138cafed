package io.kvasir.evaluate.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A text file of a dataset, read line by line: UTF-8 and nothing else, lines of limited length. */
final class DatasetFile implements AutoCloseable {
  /** How much longer than the longest document a line may be: JSON writes a character with six. */
  private static final int ESCAPED = 6;

  private static final int MARK = '\uFEFF';

  private final Path file;
  private final Reader reader;
  private final DatasetDraft draft;
  private final long longest;
  private int line;

  private DatasetFile(Path file, Reader reader, DatasetDraft draft) {
    this.file = file;
    this.reader = reader;
    this.draft = draft;
    this.longest = (long) draft.limits().maxCharacters() * ESCAPED + 10_000;
  }

  /** What a file or folder is called where it is spoken of; its folder may be a server's own. */
  static String named(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** Opens a file, which must not be larger than the limit. */
  static DatasetFile open(Path file, DatasetDraft draft) throws IOException {
    return new DatasetFile(file, reader(file, draft), draft);
  }

  /** The characters of a file without a byte order mark; malformed ones are an error. */
  static Reader reader(Path file, DatasetDraft draft) throws IOException {
    draft.limits().checkBytes(named(file), Files.size(file));
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Files.newInputStream(file),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
    reader.mark(1);
    if (reader.read() != MARK) {
      reader.reset();
    }
    return reader;
  }

  /** The next line that is not too long; null at the end. */
  @Nullable String next() throws IOException {
    StringBuilder text = new StringBuilder();
    while (true) {
      int read = reader.read();
      if (read != '\n' && read >= 0) {
        if (text.length() <= longest) {
          text.append((char) read);
        }
        continue;
      }
      if (read < 0 && text.isEmpty()) {
        return null;
      }
      line++;
      if (text.length() <= longest) {
        int end = text.length();
        return text.substring(0, end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end);
      }
      draft.bad(place(), "the line is longer than %,d characters".formatted(longest));
      text.setLength(0);
    }
  }

  /** Where the line stands that was given last. */
  Place place() {
    return Place.of(file, line);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
