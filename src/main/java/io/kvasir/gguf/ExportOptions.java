package io.kvasir.gguf;

import io.kvasir.core.AttentionPrecision;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an export is to make of a file.
 *
 * @param name of the decoder, as in the catalogue
 * @param sourceChecksum SHA-256 of the file, hexadecimal
 * @param format of the matrices
 * @param fusedGate whether the feed-forward network's two inner matrices are one, computed at once
 * @param attention what attention is computed in
 * @param languages BCP 47 codes; empty to take the file's own
 * @param licence SPDX identifier; null to take the file's own
 */
public record ExportOptions(
    String name,
    String sourceChecksum,
    WeightFormat format,
    boolean fusedGate,
    AttentionPrecision attention,
    List<String> languages,
    @Nullable String licence) {
  /** Copies the list. */
  public ExportOptions {
    languages = List.copyOf(languages);
  }

  /** The default format, with language and licence from the file. */
  public static ExportOptions of(String name, String sourceChecksum) {
    return new ExportOptions(
        name,
        sourceChecksum,
        WeightFormat.INT8_BLOCK32,
        true,
        AttentionPrecision.FLOAT32,
        List.of(),
        null);
  }

  /** The same in another format. */
  public ExportOptions with(WeightFormat other, boolean fused) {
    return new ExportOptions(name, sourceChecksum, other, fused, attention, languages, licence);
  }

  /** The same with attention in another precision. */
  public ExportOptions with(AttentionPrecision other) {
    return new ExportOptions(name, sourceChecksum, format, fusedGate, other, languages, licence);
  }

  /** The same with what is known of the decoder from elsewhere. */
  public ExportOptions with(List<String> known, String knownLicence) {
    return new ExportOptions(
        name, sourceChecksum, format, fusedGate, attention, known, knownLicence);
  }

  /** The export's numbers in words; single precision of attention goes without saying. */
  public String numbers() {
    return attention == AttentionPrecision.FLOAT32
        ? format.toString()
        : "%s, %s attention".formatted(format, attention);
  }
}
