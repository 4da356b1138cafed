package io.kvasir.http.openai;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.encode.Encoder;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.OpenAiException;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code /v1/embeddings}: texts or tokens to unit vectors, as numbers or as base64 of them. */
public final class EmbeddingRoutes {
  private static final int NAME_CHARACTERS = 200;

  private final OpenAiModels models;
  private final HttpOptions options;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public EmbeddingRoutes(OpenAiModels models, HttpOptions options) {
    this.models = models;
    this.options = options;
  }

  /** Adds the route. */
  public void mount(Router router, JsonBody bodies) {
    bodies.on(router.post("/v1/embeddings")).handler(this::embed);
  }

  private void embed(RoutingContext context) {
    Fields fields = Fields.lenient(JsonBody.of(context));
    Encoder encoder = models.encoder(fields.requiredText("model", NAME_CHARACTERS));
    boolean base64 = isBase64(fields.text("encoding_format", NAME_CHARACTERS));
    checkDimensions(fields, encoder.description());
    Vertx vertx = context.vertx();
    Replies.large(
        context,
        vertx
            .executeBlocking(() -> checked(fields, encoder), false)
            .compose(
                checked -> {
                  KeyGuard.tokens(context).take(checked.tokens());
                  return encoded(context, checked.input(), encoder)
                      .compose(
                          vectors ->
                              vertx.executeBlocking(
                                  () -> body(encoder, vectors, checked.tokens(), base64), false));
                }));
  }

  private record Checked(EmbeddingInput input, int tokens) {}

  /** Blocks: an encoder that nobody used yet is loaded before it knows its vocabulary. */
  private Checked checked(Fields fields, Encoder encoder) {
    EmbeddingInput input = EmbeddingInput.of(fields, encoder, options.limits().embeddingInputs());
    return new Checked(input, input.check(encoder));
  }

  /** Many texts take a while; whoever has gone no longer waits for them. */
  private static Future<List<float[]>> encoded(
      RoutingContext context, EmbeddingInput input, Encoder encoder) {
    CompletableFuture<List<float[]>> vectors = input.encode(encoder).toCompletableFuture();
    context.addEndHandler(ended -> vectors.cancel(false));
    return Future.fromCompletionStage(vectors);
  }

  private static boolean isBase64(@Nullable String format) {
    if (format != null && !Set.of("float", "base64").contains(format)) {
      throw new InvalidFieldException(
          "encoding_format",
          "There is no encoding_format '%s'; there are: float, base64.".formatted(format));
    }
    return "base64".equals(format);
  }

  private static void checkDimensions(Fields fields, Encoder.Description encoder) {
    Integer dimensions = fields.integer("dimensions", 1, Integer.MAX_VALUE);
    if (dimensions != null && dimensions != encoder.dimensions()) {
      throw OpenAiException.unsupported(
          "dimensions",
          "The embeddings of '%s' have %d dimensions; they cannot have %d."
              .formatted(encoder.name(), encoder.dimensions(), dimensions));
    }
  }

  private static ObjectNode body(
      Encoder encoder, List<float[]> vectors, int tokens, boolean base64) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = body.putArray("data");
    for (float[] vector : vectors) {
      ObjectNode entry = data.addObject().put("object", "embedding").put("index", data.size() - 1);
      if (base64) {
        entry.put("embedding", base64(vector));
      } else {
        ArrayNode numbers = entry.putArray("embedding");
        for (float number : vector) {
          numbers.add(number);
        }
      }
    }
    body.put("model", encoder.description().name());
    body.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
    return body;
  }

  /** The numbers as little-endian 32-bit floats. */
  private static String base64(float[] vector) {
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
