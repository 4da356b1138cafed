package io.kvasir.models;

import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A decoder that is known by name: of the catalogue, or imported on this machine.
 *
 * @param name unique; part of paths, addresses and model ids
 * @param title for people
 * @param languages BCP 47 codes
 * @param licence SPDX identifier, {@code unknown} if nobody said
 * @param bytes size of its source file
 * @param sha256 checksum of its source file, hexadecimal
 * @param url where its publisher offers it; null if it was imported
 * @param file name of the source file
 * @param context the most positions
 * @param memoryBytes what it takes once loaded and used, without keys and values
 * @param tokenBytes what the keys and values of one token take in single precision
 * @param bundled whether it comes with Kvasir
 */
public record CatalogueEntry(
    String name,
    String title,
    List<String> languages,
    String licence,
    long bytes,
    String sha256,
    @Nullable String url,
    String file,
    int context,
    long memoryBytes,
    long tokenBytes,
    boolean bundled) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** Checks what becomes part of paths. */
  public CatalogueEntry {
    checkName(name);
    if (!NAME.matcher(file).matches() || !SHA256.matcher(sha256).matches()) {
      throw new ProblemException(
          Kind.INVALID, "The entry of " + name + " has no usable file name or checksum.");
    }
    languages = List.copyOf(languages);
  }

  /** The same with where it can be had again. */
  CatalogueEntry from(String address) {
    return new CatalogueEntry(
        name,
        title,
        languages,
        licence,
        bytes,
        sha256,
        address,
        file,
        context,
        memoryBytes,
        tokenBytes,
        bundled);
  }

  /** The same with what it takes in memory. */
  CatalogueEntry with(long measuredMemoryBytes, long measuredTokenBytes) {
    return new CatalogueEntry(
        name,
        title,
        languages,
        licence,
        bytes,
        sha256,
        url,
        file,
        context,
        measuredMemoryBytes,
        measuredTokenBytes,
        bundled);
  }

  /** Fails unless a name can be part of paths, addresses and model ids. */
  static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new ProblemException(
          Kind.INVALID,
          "\"%s\" cannot name a model: letters, digits, dots, dashes and underscores, at most 64, a letter or digit first."
              .formatted(name));
    }
  }
}
