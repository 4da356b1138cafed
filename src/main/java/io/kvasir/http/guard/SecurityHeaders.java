package io.kvasir.http.guard;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** Tells browsers, with every answer, to do no more with it than Kvasir's page needs. */
public final class SecurityHeaders {
  /** For the page: only what this server serves, in no frame of anybody's. */
  public static final String PAGE_POLICY =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors 'none'";

  private static final String DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

  private SecurityHeaders() {}

  /** Adds them and lets the next handler go on. */
  public static void add(RoutingContext context) {
    addTo(context.response().headers());
    context.next();
  }

  /** Adds them to an answer that no route gives. */
  static void addTo(MultiMap headers) {
    headers.set("x-content-type-options", "nosniff");
    headers.set("referrer-policy", "no-referrer");
    headers.set("cross-origin-resource-policy", "same-origin");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("content-security-policy", DATA_POLICY);
    headers.set("permissions-policy", "camera=(), microphone=(), geolocation=()");
    headers.set("cache-control", "no-store");
  }
}
