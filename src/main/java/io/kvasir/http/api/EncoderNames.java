package io.kvasir.http.api;

import io.kvasir.core.NearestName;
import io.kvasir.encode.Encoder;
import io.kvasir.http.exchange.InvalidFieldException;
import java.util.List;

/** The encoders as requests name them. */
final class EncoderNames {
  /** The most characters of a name. */
  static final int CHARACTERS = 200;

  private final List<Encoder> encoders;

  EncoderNames(List<Encoder> encoders) {
    this.encoders = encoders;
  }

  /** The encoder for a language; the first one if none was trained for it. */
  Encoder.Description speaking(String language) {
    String base = language.replaceFirst("-.*", "");
    return encoders.stream()
        .map(Encoder::description)
        .filter(one -> one.languages().contains(language) || one.languages().contains(base))
        .findFirst()
        .orElseGet(() -> encoders.get(0).description());
  }

  /** The encoder of that name, which the field {@code encoder} gave. */
  Encoder.Description named(String name) {
    List<String> names = encoders.stream().map(one -> one.description().name()).toList();
    return encoders.stream()
        .map(Encoder::description)
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidFieldException(
                    "encoder",
                    "There is no encoder '%s'%s There are: %s."
                        .formatted(
                            name,
                            NearestName.of(name, names)
                                .map("; did you mean '%s'?"::formatted)
                                .orElse("."),
                            String.join(", ", names))));
  }
}
