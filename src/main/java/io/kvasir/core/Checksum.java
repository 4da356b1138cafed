package io.kvasir.core;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.DoubleConsumer;

/** SHA-256: the one place that asks the JDK for it. */
public final class Checksum {
  private static final int BUFFER = 1 << 20;

  private Checksum() {}

  /**
   * The checksum of a file, hexadecimal.
   *
   * @param progress told 0 to 1
   */
  public static String of(Path file, DoubleConsumer progress) throws IOException {
    MessageDigest digest = digest();
    long size = Math.max(1, Files.size(file));
    long done = 0;
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        done += read;
        progress.accept(Math.min(1, (double) done / size));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The checksum of a text in UTF-8, hexadecimal. */
  public static String of(String text) {
    return HexFormat.of().formatHex(bytes(text));
  }

  /** The checksum of a text in UTF-8: byte[32]. */
  public static byte[] bytes(String text) {
    return digest().digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** What computes a checksum piece by piece. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
