package io.kvasir.http.guard;

import io.kvasir.contrast.TokenAllowance;
import io.kvasir.core.Workspace;
import io.kvasir.http.exchange.Failures;
import io.kvasir.http.exchange.KeyLimitException;
import io.kvasir.http.exchange.KeyTokens;
import io.kvasir.http.exchange.Problem;
import io.kvasir.keys.KeyRing;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a key, as OpenAI's clients send it, and keeps its limits. Open are the probes of health,
 * since who asks them has no key, and the files of the page, which hold nothing of anybody and must
 * be there to ask for the key. On the server's event loop.
 */
public final class KeyGuard implements Handler<RoutingContext> {
  private static final System.Logger LOGGER = System.getLogger(KeyGuard.class.getName());

  /** How long a revoked key may still be accepted. */
  private static final long REFRESH_MILLIS = 5_000;

  /** How often unknown keys may make the server look for new ones. */
  private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final String TOKENS = KeyGuard.class.getName();
  private static final String WORKSPACE = Workspace.class.getName();
  private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S{1,500}) *");

  private final KeyRing ring;
  private final Predicate<String> page;
  private long lookedNanos = System.nanoTime() - LOOK_AGAIN_NANOS;

  /**
   * A guard.
   *
   * @param ring the keys
   * @param page whether a path is a file of the page
   */
  public KeyGuard(KeyRing ring, Predicate<String> page) {
    this.ring = ring;
    this.page = page;
  }

  /** Keeps up with the keys that are made and revoked. */
  public void followKeys(Vertx vertx) {
    vertx.setPeriodic(REFRESH_MILLIS, due -> ring.refresh().whenComplete(KeyGuard::warn));
  }

  private static void warn(@Nullable Void refreshed, @Nullable Throwable failure) {
    if (failure != null) {
      LOGGER.log(Level.WARNING, "the keys could not be read: " + failure.getMessage());
    }
  }

  @Override
  public void handle(RoutingContext context) {
    if (isOpen(context)) {
      context.next();
      return;
    }
    String secret = secret(context);
    Optional<KeyRing.Holder> holder = secret == null ? Optional.empty() : ring.holder(secret);
    if (holder.isPresent()) {
      admit(context, holder.get());
    } else if (secret != null && mayLookAgain()) {
      lookAgain(context, secret);
    } else {
      refuse(context, secret);
    }
  }

  private boolean isOpen(RoutingContext context) {
    String path = context.normalizedPath();
    HttpMethod method = context.request().method();
    boolean reads = HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method);
    return path.startsWith("/api/health/") || (reads && page.test(path));
  }

  private static @Nullable String secret(RoutingContext context) {
    String header = context.request().getHeader("authorization");
    Matcher bearer = BEARER.matcher(header == null ? "" : header);
    return bearer.matches() ? bearer.group(1) : null;
  }

  private boolean mayLookAgain() {
    long now = System.nanoTime();
    if (now - lookedNanos < LOOK_AGAIN_NANOS) {
      return false;
    }
    lookedNanos = now;
    return true;
  }

  private void lookAgain(RoutingContext context, String secret) {
    Context own = context.vertx().getOrCreateContext();
    context.request().pause();
    Future.fromCompletionStage(ring.refresh(), own)
        .onComplete(
            looked -> {
              warn(null, looked.cause());
              context.request().resume();
              try {
                ring.holder(secret)
                    .ifPresentOrElse(
                        holder -> admit(context, holder), () -> refuse(context, secret));
              } catch (RuntimeException limited) {
                context.fail(limited);
              }
            });
  }

  private static void refuse(RoutingContext context, @Nullable String secret) {
    context.response().putHeader("www-authenticate", "Bearer");
    Failures.write(
        context,
        Problem.of(
            401,
            secret == null
                ? "This server asks for a key: send the header authorization: Bearer KEY."
                : "The key is not known; it may have been revoked."));
  }

  private static void admit(RoutingContext context, KeyRing.Holder holder) {
    int wait = holder.requests().take(1, System.nanoTime());
    if (wait > 0) {
      throw new KeyLimitException("requests", "keys.requests-per-minute", wait);
    }
    KeyTokens tokens = new KeyTokens(holder.tokens());
    if (HttpMethod.POST.equals(context.request().method())) {
      tokens.ask();
    }
    context.put(TOKENS, tokens);
    context.put(WORKSPACE, holder.workspace());
    context.next();
  }

  /** Whose contents a request is about: its key's; the only ones where none is asked for. */
  public static Workspace workspace(RoutingContext context) {
    Workspace ofKey = context.get(WORKSPACE);
    return ofKey == null ? Workspace.ONLY : ofKey;
  }

  /** What a request's tokens are taken from. */
  public static TokenAllowance tokens(RoutingContext context) {
    KeyTokens tokens = context.get(TOKENS);
    return tokens == null ? TokenAllowance.ENDLESS : tokens;
  }
}
