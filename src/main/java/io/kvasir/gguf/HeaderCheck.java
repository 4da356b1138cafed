package io.kvasir.gguf;

import io.kvasir.core.ProblemException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Whether a file can be exported, by its header: before the weights behind it have arrived. */
public final class HeaderCheck {
  private HeaderCheck() {}

  /**
   * Holds the beginning of a file against what an export needs.
   *
   * @param beginning as much as there is
   * @param bytes size of the whole file
   * @return false if the header is not there as a whole
   * @throws ProblemException INVALID, naming the tensor or field, if it can never be exported
   */
  public static boolean passes(Path beginning, long bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(beginning, StandardOpenOption.READ)) {
      GgufInput input = new GgufInput(channel, bytes);
      GgufHeader header;
      try {
        header = GgufHeader.read(input);
      } catch (ProblemException e) {
        if (input.ranOut()) {
          return false;
        }
        throw e;
      }
      try (GgufFile file = new GgufFile(channel, header)) {
        DecoderShape shape = DecoderShape.of(file);
        // Both check what they are made of.
        new DecoderWeights(file, shape);
        Vocabulary.of(file.metadata(), shape.sizes().vocabulary());
        return true;
      }
    }
  }
}
