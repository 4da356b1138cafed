package io.kvasir.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.util.Locale;

/**
 * What decoders are computed on. Encoders stay on the processor: they are small. What the GPU has
 * no kernel for is computed on the processor, too.
 */
public enum Provider {
  /** The processor. */
  CPU,
  /** The first NVIDIA GPU that is visible. */
  CUDA;

  /** The one that the setting {@code engine.provider} names. */
  public static Provider named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * Loads what it needs, so that a server without it does not start. Blocks.
   *
   * @throws ProblemException UNAVAILABLE if it cannot be used here
   */
  public void require() {
    OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions session = new OrtSession.SessionOptions()) {
      addTo(session);
    } catch (OrtException e) {
      throw new ProblemException(
          Kind.UNAVAILABLE,
          "engine.provider is %s, which cannot be used here (%s); it needs the image kvasir-cuda on a"
                  .formatted(toString(), e.getMessage())
              + " machine with an NVIDIA GPU and its driver; without them set engine.provider=cpu",
          e);
    }
  }

  /** Makes sessions use it. */
  void addTo(OrtSession.SessionOptions session) throws OrtException {
    if (this == CUDA) {
      session.addCUDA();
    }
  }

  /** What its kernels compute attention in. */
  boolean takes(AttentionPrecision attention) {
    return this == CPU || attention == AttentionPrecision.on(toString());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
