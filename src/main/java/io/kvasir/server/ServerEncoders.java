package io.kvasir.server;

import io.kvasir.encode.DeferredEncoder;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.EncoderModel;
import io.kvasir.encode.Encoders;
import io.kvasir.models.Catalogue;
import io.kvasir.onnx.OnnxEncoder;
import java.util.ArrayList;
import java.util.List;

/**
 * The encoders of a server: those that new collections get are loaded when it starts, the others
 * when somebody uses them.
 */
final class ServerEncoders {
  /** Threads of an encoder's pass: passages are short, more threads gain little. */
  private static final int THREADS = 2;

  private ServerEncoders() {}

  static Encoders open(Catalogue catalogue) {
    List<Encoder> encoders = new ArrayList<>();
    for (EncoderModel model : catalogue.encoders()) {
      boolean chosen =
          model.description().languages().stream()
              .anyMatch(language -> catalogue.encoder(language).equals(model));
      encoders.add(
          chosen
              ? OnnxEncoder.open(model, THREADS)
              : new DeferredEncoder(model.description(), () -> OnnxEncoder.open(model, THREADS)));
    }
    return new Encoders(encoders);
  }
}
