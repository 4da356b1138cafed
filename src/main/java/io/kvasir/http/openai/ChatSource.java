package io.kvasir.http.openai;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.core.Scope;
import io.kvasir.http.api.ContrastFields;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * Which documents a chat is asked of: what the model id says, and the object {@code kvasir} of the
 * request, whose fields are named and read as those of a contrast.
 *
 * @param collection its name; null for the default one
 * @param namedBy the field that names it
 * @param scope the part of it
 * @param k the most passages of rag; null for the default
 */
record ChatSource(@Nullable String collection, String namedBy, Scope scope, @Nullable Integer k) {
  /** The object's name, in requests and in answers. */
  static final String NAME = "kvasir";

  private static final int NAME_CHARACTERS = 200;

  /** Reads it of a request for a model. */
  static ChatSource of(Fields body, OpenAiModels.ChatModel model, OpenAiModels models) {
    JsonNode wish = body.value(NAME);
    if (wish == null) {
      return new ChatSource(model.collection(), "model", Scope.ALL, null);
    }
    Fields fields = Fields.nested(wish, NAME, "collection", "scope", "k");
    String collection = fields.text("collection", NAME_CHARACTERS);
    ChatSource source =
        new ChatSource(
            collection == null ? model.collection() : collection,
            collection == null ? "model" : fields.nameOf("collection"),
            ContrastFields.scope(fields),
            fields.integer("k", 1, ContrastFields.PASSAGES));
    refuseContradictions(source, model, models);
    return source;
  }

  private static void refuseContradictions(
      ChatSource source, OpenAiModels.ChatModel model, OpenAiModels models) {
    String named = model.collection();
    if (named != null && !named.equals(source.collection())) {
      throw new InvalidFieldException(
          source.namedBy(),
          "The model '%s' reads the collection '%s', the field '%s' asks for '%s'; leave out one."
              .formatted(model.id(), named, source.namedBy(), source.collection()));
    }
    if (!model.path().readsDocuments() && source.reads()) {
      throw new InvalidFieldException(
          "model",
          "The model '%s' reads no documents; those that do are: %s."
              .formatted(model.id(), String.join(", ", models.reading(model.decoder()))));
    }
  }

  private boolean reads() {
    return collection != null || !scope.isAll() || k != null;
  }
}
