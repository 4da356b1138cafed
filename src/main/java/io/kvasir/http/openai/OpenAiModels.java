package io.kvasir.http.openai;

import io.kvasir.contrast.path.Path;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.generate.Generators;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.OpenAiException;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The models as {@code /v1} names them: every loaded decoder by its name (it answers from its
 * weights), with {@code :rag} and {@code :attention} behind it (it answers from the default
 * collection), with a collection behind that, and every encoder.
 */
public final class OpenAiModels {
  /**
   * What a chat's model id stands for.
   *
   * @param decoder its name
   * @param path how it answers
   * @param collection what it answers from; null where the id names none
   */
  record ChatModel(String decoder, Path path, @Nullable String collection) {
    /** The id. */
    String id() {
      return (path.readsDocuments() ? decoder + ":" + path.name() : decoder)
          + (collection == null ? "" : ":" + collection);
    }
  }

  private final Generators generators;
  private final Paths paths;
  private final List<Encoder> encoders;
  private final Library library;

  /** The names that clients may ask for, over what the server has. */
  public OpenAiModels(HttpPorts ports) {
    this.generators = ports.generators();
    this.paths = ports.contrasts().paths();
    this.encoders = ports.encoders();
    this.library = ports.library();
  }

  /** The names of all collections of a workspace, in order. */
  Future<List<String>> collections(Workspace workspace) {
    return library
        .collections(workspace)
        .map(all -> all.stream().map(DocumentCollection::name).sorted().toList());
  }

  /** The ids of everything that answers now; without documents the weights still do. */
  Future<List<String>> ids(Workspace workspace) {
    return collections(workspace).otherwise(List.of()).map(this::ids);
  }

  private List<String> ids(List<String> collections) {
    List<String> ids = new ArrayList<>();
    for (Generators.Status decoder : generators.list()) {
      if (decoder.state() == Generators.State.LOADED) {
        for (Path path : paths.all()) {
          ids.add(new ChatModel(decoder.name(), path, null).id());
          if (path.readsDocuments()) {
            collections.forEach(name -> ids.add(new ChatModel(decoder.name(), path, name).id()));
          }
        }
      }
    }
    encoders.forEach(encoder -> ids.add(encoder.description().name()));
    return ids;
  }

  /** The ids of a decoder that answer from documents. */
  List<String> reading(String decoder) {
    return paths.all().stream()
        .filter(Path::readsDocuments)
        .map(path -> new ChatModel(decoder, path, null).id())
        .toList();
  }

  /** The decoder, the path and the collection of an id, which need not be there. */
  ChatModel chat(String id) {
    for (Generators.Status decoder : generators.list()) {
      for (Path path : paths.all()) {
        ChatModel model = new ChatModel(decoder.name(), path, null);
        if (id.equals(model.id()) || id.equals(decoder.name() + ":" + path.name())) {
          return model;
        }
        String before = decoder.name() + ":" + path.name() + ":";
        if (path.readsDocuments() && id.startsWith(before)) {
          return new ChatModel(decoder.name(), path, id.substring(before.length()));
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
    return unknown(id, ids(List.of()));
  }

  /** The failure of an id that stands for nothing, where there are others. */
  static OpenAiException unknown(String id, List<String> others) {
    return new OpenAiException(
        404,
        "The model '%s' does not exist; there are: %s.".formatted(id, String.join(", ", others)),
        "model",
        "model_not_found");
  }

  /** Names the collections there are, if what a chat failed of is that its own is none of them. */
  <T> Future<T> explained(Workspace workspace, Throwable failure, ChatSource source) {
    String wanted = source.collection();
    if (wanted == null
        || !(failure instanceof ProblemException problem)
        || problem.kind() != ProblemException.Kind.NOT_FOUND) {
      return Future.failedFuture(failure);
    }
    return collections(workspace)
        .compose(
            names ->
                Future.failedFuture(
                    names.contains(wanted)
                        ? failure
                        : new OpenAiException(
                            404,
                            names.isEmpty()
                                ? "There is no collection '%s', nor any other; make one with ./kvasir ingest."
                                    .formatted(wanted)
                                : "There is no collection '%s'; there are: %s."
                                    .formatted(wanted, String.join(", ", names)),
                            source.namedBy(),
                            "collection_not_found")));
  }
}
