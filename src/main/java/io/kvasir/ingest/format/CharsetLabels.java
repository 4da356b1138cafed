package io.kvasir.ingest.format;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Knows what charset browsers take the name of one for: "gb2312" is GB18030. */
final class CharsetLabels {
  private static final Map<String, Charset> CHARSETS = read();

  private CharsetLabels() {}

  /** The charset; empty for a name that browsers do not know either. */
  static Optional<Charset> charset(String label) {
    return Optional.ofNullable(CHARSETS.get(label.strip().toLowerCase(Locale.ROOT)));
  }

  private static Map<String, Charset> read() {
    Map<String, Charset> charsets = new HashMap<>();
    try (InputStream in = CharsetLabels.class.getResourceAsStream("charset-labels.csv");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.US_ASCII))) {
      lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(",", 2))
          .forEach(label -> charsets.put(label[0], Charset.forName(label[1])));
    } catch (IOException e) {
      throw new UncheckedIOException("a resource of the program cannot be read", e);
    }
    return charsets;
  }
}
