package io.kvasir.http.guard;

import io.kvasir.http.exchange.Failures;
import io.kvasir.http.exchange.OpenAiError;
import io.kvasir.http.exchange.Problem;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Answers bytes that are no HTTP request: nothing behind the connection gets to see them. */
public final class MalformedRequests {
  private MalformedRequests() {}

  /** Answers what is no HTTP request, and closes its connection. */
  public static void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem;
    if (cause instanceof TooLongHttpLineException) {
      problem = Problem.of(414, "The request's target is too long.");
    } else if (cause instanceof TooLongHttpHeaderException) {
      problem = Problem.of(431, "The headers are larger than http.max-header-bytes allows.");
    } else if (cause instanceof StrictRequestDecoder.NoRequestException refused) {
      problem = Problem.of(400, String.valueOf(refused.getMessage()));
    } else {
      problem =
          Problem.of(400, "This is no HTTP request: its first line or a header is malformed.");
    }
    boolean openAi = Failures.isOpenAi(request.path());
    SecurityHeaders.addTo(request.response().headers());
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader("content-type", openAi ? "application/json" : Problem.MEDIA_TYPE)
        .putHeader("connection", "close")
        .end(openAi ? Buffer.buffer(OpenAiError.json(problem).toString()) : problem.body())
        .onComplete(sent -> request.connection().close());
  }
}
