package io.kvasir.http;

import io.kvasir.core.AnswerPath;
import io.kvasir.encode.Encoder;
import io.kvasir.generate.Generators;
import java.util.ArrayList;
import java.util.List;

/**
 * The models as {@code /v1} names them: every loaded decoder by its name (it answers from its
 * weights), with {@code :rag} and {@code :attention} behind it (it answers from the default
 * collection), and every encoder.
 */
final class OpenAiModels {
  /**
   * What a chat's model id stands for.
   *
   * @param decoder its name
   * @param path how it answers
   */
  record ChatModel(String decoder, AnswerPath path) {
    /** The id. */
    String id() {
      return path == AnswerPath.CLOSED_BOOK ? decoder : decoder + ":" + path;
    }
  }

  private final Generators generators;
  private final List<Encoder> encoders;

  OpenAiModels(HttpPorts ports) {
    this.generators = ports.generators();
    this.encoders = ports.encoders();
  }

  /** The ids of everything that answers now. */
  List<String> ids() {
    List<String> ids = new ArrayList<>();
    for (Generators.Status decoder : generators.list()) {
      if (decoder.state() == Generators.State.LOADED) {
        for (AnswerPath path : AnswerPath.values()) {
          ids.add(new ChatModel(decoder.name(), path).id());
        }
      }
    }
    encoders.forEach(encoder -> ids.add(encoder.description().name()));
    return ids;
  }

  /** The decoder and path of an id. */
  ChatModel chat(String id) {
    for (Generators.Status decoder : generators.list()) {
      for (AnswerPath path : AnswerPath.values()) {
        if (id.equals(decoder.name() + ":" + path)
            || (path == AnswerPath.CLOSED_BOOK && id.equals(decoder.name()))) {
          return new ChatModel(decoder.name(), path);
        }
      }
    }
    if (encoders.stream().anyMatch(encoder -> encoder.description().name().equals(id))) {
      throw new OpenAiException(
          400,
          "The model '%s' makes embeddings; it cannot chat. Use /v1/embeddings.".formatted(id),
          "model",
          "unsupported_model");
    }
    throw unknown(id);
  }

  /** The encoder of an id. */
  Encoder encoder(String id) {
    return encoders.stream()
        .filter(encoder -> encoder.description().name().equals(id))
        .findFirst()
        .orElseThrow(() -> unknown(id));
  }

  /** The failure of an id that stands for nothing. */
  OpenAiException unknown(String id) {
    return new OpenAiException(
        404,
        "The model '%s' does not exist; there are: %s.".formatted(id, String.join(", ", ids())),
        "model",
        "model_not_found");
  }
}
