package io.kvasir.decoders;

import io.kvasir.generate.Generator;
import java.nio.file.Path;

/** Opens a model folder. Blocks; called on a worker thread. */
@FunctionalInterface
public interface DecoderLoader {
  /**
   * A decoder in memory.
   *
   * @param generator continues prompts
   * @param close ends what runs and frees the memory; blocks
   */
  record Loaded(Generator generator, Runnable close) {}

  /**
   * Loads the decoder of a folder.
   *
   * @throws io.kvasir.core.ProblemException INVALID if the folder is not what its manifest says
   */
  Loaded load(Path folder);
}
