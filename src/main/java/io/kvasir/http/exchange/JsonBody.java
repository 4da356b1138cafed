package io.kvasir.http.exchange;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's body as strict JSON in UTF-8: bounded in size, time and depth, no duplicate
 * names, nothing behind the value.
 */
public final class JsonBody {
  private static final int DEEPEST = 32;
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?");

  private static final ObjectMapper STRICT =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private final HttpOptions.Limits limits;

  /** Reads bodies within the limits. */
  public JsonBody(HttpOptions.Limits limits) {
    this.limits = limits;
  }

  /** Lets a route read a JSON body before its handlers run. */
  public Route on(Route route) {
    BodyHandler bodies = BodyHandler.create(false).setBodyLimit(limits.bodyBytes());
    return route.handler(
        context -> {
          if (isJson(context)) {
            expectSoon(context);
            bodies.handle(context);
          }
        });
  }

  private static boolean isJson(RoutingContext context) {
    String type = context.request().getHeader("content-type");
    if (type != null && MEDIA_TYPE.matcher(type.trim().toLowerCase(Locale.ROOT)).matches()) {
      return true;
    }
    Failures.write(
        context,
        Problem.of(
            415,
            "The body must be JSON in UTF-8: send the header content-type: application/json%s."
                .formatted(type == null ? "" : " instead of " + type)));
    return false;
  }

  private void expectSoon(RoutingContext context) {
    Handler<Long> late =
        due -> {
          if (!context.request().isEnded()) {
            context.fail(408);
          }
        };
    long timer = context.vertx().setTimer(limits.bodyTime().toMillis(), late);
    context.addEndHandler(ended -> context.vertx().cancelTimer(timer));
  }

  /** The body of a request whose route reads one. */
  public static JsonNode of(RoutingContext context) {
    Buffer body = context.body().buffer();
    if (body == null || body.length() == 0) {
      throw new InvalidFieldException("", "The body is empty; it must be JSON.");
    }
    return parse(body);
  }

  /** The value that is written in UTF-8. */
  public static JsonNode parse(Buffer body) {
    try {
      JsonNode node = STRICT.readTree(text(body));
      if (node.isMissingNode()) {
        throw new InvalidFieldException("", "The body is empty; it must be JSON.");
      }
      return node;
    } catch (CharacterCodingException malformed) {
      throw invalid("The body is not UTF-8.", malformed);
    } catch (JsonProcessingException malformed) {
      throw invalid("The body is not JSON: " + told(malformed), malformed);
    }
  }

  /** Jackson replaces what is not UTF-8 in places; the JDK's decoder does not. */
  private static String text(Buffer body) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT)
        .decode(ByteBuffer.wrap(body.getBytes()))
        .toString();
  }

  private static String told(JsonProcessingException malformed) {
    String place =
        malformed.getLocation() == null
            ? ""
            : " (line %d, column %d)"
                .formatted(
                    malformed.getLocation().getLineNr(), malformed.getLocation().getColumnNr());
    return reason(malformed) + place;
  }

  /** What the reader says of itself, of its classes and switches, helps no client. */
  private static String reason(JsonProcessingException malformed) {
    String message = malformed.getOriginalMessage();
    if (message.startsWith("Duplicate field")) {
      return message.length() <= 200 ? message : message.substring(0, 200) + "…";
    }
    if (malformed instanceof StreamConstraintsException) {
      return "its nesting depth is above %d, or a number or a name in it is too long"
          .formatted(DEEPEST);
    }
    if (malformed instanceof JsonEOFException) {
      return "it ends too early";
    }
    return malformed instanceof MismatchedInputException
        ? "there is more behind its end"
        : "it breaks JSON's grammar";
  }

  private static InvalidFieldException invalid(String message, @Nullable Throwable cause) {
    InvalidFieldException failure = new InvalidFieldException("", message);
    failure.initCause(cause);
    return failure;
  }
}
