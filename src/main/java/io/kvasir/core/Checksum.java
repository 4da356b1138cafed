package io.kvasir.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.DoubleConsumer;

/** SHA-256 of files. */
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

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
