package io.kvasir.http.page;

import io.kvasir.http.guard.SecurityHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The page at {@code /} and its files. */
public final class StaticRoutes {
  /** Vite puts a checksum of the content into the name of every file there. */
  private static final String HASHED = "/assets/";

  private static final String NOT_BUILT =
      """
      <!doctype html><html lang="en"><meta charset="utf-8"><title>Kvasir</title>
      <h1>Kvasir was built without its page</h1>
      <p>This server answers its API (<a href="/api/openapi.yaml">contract</a>), but the page is not
      in the build. Build it with Node 20 or newer and without <code>-Dskip.web=true</code>.</p>
      </html>
      """;

  private final WebRoot files;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public StaticRoutes(WebRoot files) {
    this.files = files;
  }

  /** Adds a route for everything that no other route took; so it comes last. */
  public void mount(Router router) {
    router.route("/*").method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::serve);
  }

  private void serve(RoutingContext context) {
    String path = context.normalizedPath();
    if (path.startsWith("/api/") || path.startsWith("/v1/")) {
      context.next();
      return;
    }
    boolean page = path.equals("/") || path.equals("/index.html");
    WebRoot.Asset asset = files.get(page ? "/index.html" : path);
    HttpServerResponse response = context.response();
    if (asset == null) {
      if (page) {
        response
            .setStatusCode(404)
            .putHeader("content-type", "text/html; charset=utf-8")
            .putHeader("cache-control", "no-store");
        end(context, Buffer.buffer(NOT_BUILT));
      } else {
        context.next();
      }
      return;
    }
    response.putHeader("etag", asset.etag());
    response.putHeader("vary", "accept-encoding");
    response.putHeader(
        "cache-control",
        path.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache");
    if (page) {
      response.putHeader("content-security-policy", SecurityHeaders.PAGE_POLICY);
    }
    if (isKnown(context.request().getHeader("if-none-match"), asset.etag())) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("content-type", asset.mediaType());
    Buffer compressed = asset.compressed();
    if (compressed != null && accepts(context.request().getHeader("accept-encoding"))) {
      response.putHeader("content-encoding", "gzip");
      end(context, compressed);
    } else {
      end(context, asset.content());
    }
  }

  private static void end(RoutingContext context, Buffer body) {
    if (HttpMethod.HEAD.equals(context.request().method())) {
      context.response().putHeader("content-length", Integer.toString(body.length())).end();
    } else {
      context.response().end(body);
    }
  }

  private static boolean isKnown(@Nullable String header, String etag) {
    return header != null
        && Arrays.stream(header.split(","))
            .map(String::trim)
            .anyMatch(tag -> tag.equals("*") || tag.equals(etag) || tag.equals("W/" + etag));
  }

  private static boolean accepts(@Nullable String encodings) {
    return encodings != null
        && Arrays.stream(encodings.split(","))
            .map(one -> one.replace(" ", ""))
            .anyMatch(one -> one.equals("gzip") || one.matches("gzip;q=(1|0?\\.\\d*[1-9]\\d*).*"));
  }
}
