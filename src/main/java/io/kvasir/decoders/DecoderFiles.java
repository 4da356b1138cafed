package io.kvasir.decoders;

import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.DecoderAnswers;
import io.kvasir.models.CatalogueEntry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleConsumer;

/** The decoders that are here or can be had, as files. Its methods block. */
public interface DecoderFiles {
  /** Every decoder of the catalogue and every imported one. */
  List<CatalogueEntry> entries();

  /** Whether the weights of a decoder are here. */
  boolean installed(String name);

  /** Whether the disk has room to fetch and export a decoder. */
  boolean hasRoom(String name);

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

  /**
   * What a GGUF file says of itself; INVALID if it is none, or cannot be called so.
   *
   * @param name of the file as its owner calls it
   */
  CatalogueEntry describe(Path file, String name);

  /**
   * Takes in a GGUF file, which is moved.
   *
   * @param name to be known by; one of the catalogue is recognised
   * @param progress told 0 to 1
   */
  CatalogueEntry take(Path file, String name, DoubleConsumer progress);

  /** What a decoder answers with where nobody says otherwise. */
  DecoderAnswers answers(CatalogueEntry entry);

  /**
   * Keeps what was measured of a decoder.
   *
   * @param measured with what, in words
   */
  void keepAnswers(CatalogueEntry entry, AnswerDefaults answers, String measured);
}
