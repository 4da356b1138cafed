package io.kvasir.onnx;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A tokenizer in native memory, for any thread until it is closed. Whoever counts tokens does not
 * know that a model is unloaded or a server stops meanwhile, and what is freed under a native call
 * ends the whole process: so closing waits for those that are in one, and refuses the others.
 */
final class NativeTokenizer implements AutoCloseable {
  private final HuggingFaceTokenizer tokenizer;
  private final ReadWriteLock using = new ReentrantReadWriteLock();
  private boolean closed;

  private NativeTokenizer(HuggingFaceTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * One from its file.
   *
   * @param json a {@code tokenizer.json}
   */
  static NativeTokenizer of(byte[] json, Map<String, String> options) throws IOException {
    return new NativeTokenizer(
        HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options));
  }

  /**
   * The tokens of a text: long[tokens].
   *
   * @param marked whether the tokenizer's own marks are put around them
   * @throws ProblemException UNAVAILABLE once it is closed
   */
  long[] ids(String text, boolean marked) {
    using.readLock().lock();
    try {
      if (closed) {
        throw new ProblemException(
            Kind.UNAVAILABLE,
            "the model was unloaded meanwhile, or Kvasir is stopping; try again in a moment");
      }
      return tokenizer.encode(text, marked, false).getIds();
    } finally {
      using.readLock().unlock();
    }
  }

  /** Waits for whoever is in it; a second time does nothing. */
  @Override
  public void close() {
    using.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        tokenizer.close();
      }
    } finally {
      using.writeLock().unlock();
    }
  }
}
