package io.kvasir.http.api;

import io.kvasir.contrast.ContrastLimits;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code /api/limits}: what a question may ask for, so that a page offers nothing else. */
public final class LimitRoutes {
  /**
   * What a question gets that does not say, and the most it may say.
   *
   * @param standard without a wish
   * @param most at the most; for budgets the decoder's context may allow less
   */
  record Range(int standard, int most) {}

  /**
   * The limits of a question.
   *
   * @param questionCharacters the longest question
   * @param maxTokens tokens of an answer
   * @param passages passages of the rag path
   * @param budget tokens that passages may take in a prompt
   */
  record Limits(int questionCharacters, Range maxTokens, Range passages, Range budget) {}

  private final Limits limits;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public LimitRoutes(HttpPorts ports, HttpOptions options) {
    ContrastLimits contrast = ports.contrasts().limits();
    this.limits =
        new Limits(
            Math.min(options.limits().questionCharacters(), contrast.questionCharacters()),
            new Range(
                options.sampling().maxTokens(),
                Math.min(options.maxTokensLimit(), contrast.maxTokens())),
            new Range(contrast.k(), Math.min(ContrastFields.PASSAGES, contrast.maxK())),
            new Range(contrast.budget(), ContrastFields.BUDGET_TOKENS));
  }

  /** Adds the route. */
  public void mount(Router router) {
    router.get("/api/limits").handler(this::limits);
  }

  private void limits(RoutingContext context) {
    Query.of(context);
    Replies.json(context, 200, limits);
  }
}
