package io.kvasir.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;

/** The decoders that are here or can be had, as files. Its methods block. */
public interface DecoderFiles {
  /**
   * A decoder that is here or can be had.
   *
   * @param name unique
   * @param title for people
   * @param languages BCP 47 codes
   * @param licence SPDX identifier
   * @param bytes size of its source file
   * @param memoryBytes what loading it takes
   * @param context the most tokens of prompt and answer
   */
  record Entry(
      String name,
      String title,
      List<String> languages,
      String licence,
      long bytes,
      long memoryBytes,
      int context) {}

  /** Every decoder of the catalogue and every imported one. */
  List<Entry> entries();

  /** Whether the weights of a decoder are here. */
  boolean installed(String name);

  /**
   * The model folder of a decoder, exported now if it is not yet.
   *
   * @param progress told 0 to 1
   */
  Path prepare(String name, DoubleConsumer progress);

  /**
   * Fetches the weights of a decoder.
   *
   * @param progress told 0 to 1
   */
  void pull(String name, DoubleConsumer progress);
}
