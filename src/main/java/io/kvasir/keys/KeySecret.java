package io.kvasir.keys;

import io.kvasir.core.Checksum;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes keys, and what is stored of them. A key has 256 random bits, so that a plain SHA-256 of it
 * cannot be turned back; a slow hash would only slow down requests.
 */
public final class KeySecret {
  /** The fewest characters of a key that somebody chose. */
  public static final int FEWEST_CHARACTERS = 20;

  private static final String PREFIX = "kvasir-";
  private static final int BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private KeySecret() {}

  /** A new key. */
  public static String create() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What is stored of a key: its SHA-256, in hexadecimal. */
  public static String hash(String secret) {
    return Checksum.of(secret);
  }

  /** Whether two hashes are the same, in a time that does not tell where they differ. */
  static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }
}
