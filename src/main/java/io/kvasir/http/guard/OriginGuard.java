package io.kvasir.http.guard;

import io.kvasir.http.exchange.Failures;
import io.kvasir.http.exchange.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps websites from driving the server through the browser of the person who runs it. The Host
 * must be a name of this server, so that a name of somebody else's that resolves to loopback (DNS
 * rebinding) gets nowhere; the Origin, where there is one, must be that same host; and browsers
 * that say where a request comes from may bring it from elsewhere only by following a link.
 */
public final class OriginGuard implements Handler<RoutingContext> {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern AUTHORITY =
      Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9._-]+?)\\.?(?::(\\d{1,5}))?");
  private static final Pattern ORIGIN = Pattern.compile("(https?)://(.+)");
  private static final Pattern ADDRESS = Pattern.compile("\\[.*]|\\d{1,3}(\\.\\d{1,3}){3}");

  private final Set<String> names = new HashSet<>(LOOPBACK);
  private final boolean addressesToo;

  /**
   * A guard for a server.
   *
   * @param host what it is bound to; beyond loopback, every numeric address is taken for one of its
   *     own, since a browser never puts an address in place of a name
   * @param allowedHosts further names
   */
  public OriginGuard(String host, List<String> allowedHosts) {
    for (String name : allowedHosts) {
      names.add(name.toLowerCase(Locale.ROOT));
    }
    String bound = host.toLowerCase(Locale.ROOT);
    names.add(bound.contains(":") && !bound.startsWith("[") ? "[" + bound + "]" : bound);
    addressesToo = !LOOPBACK.contains(bound) && !bound.startsWith("127.") && !bound.equals("::1");
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    String refusal = refusal(request);
    if (refusal == null) {
      context.next();
    } else {
      Failures.write(context, Problem.of(403, refusal));
    }
  }

  private @Nullable String refusal(HttpServerRequest request) {
    List<String> hosts = request.headers().getAll("host");
    if (hosts.size() != 1) {
      return "A request must have one Host header; this one has %d.".formatted(hosts.size());
    }
    String host = hosts.get(0).toLowerCase(Locale.ROOT);
    Matcher authority = AUTHORITY.matcher(host);
    if (!authority.matches() || !isOwn(authority.group(1))) {
      return ("The Host '%s' is no name of this server. If it should be one, add it to the setting"
              + " http.allowed-hosts.")
          .formatted(shortened(host));
    }
    if (!request.uri().startsWith("/")) {
      return "The request's target must be a path.";
    }
    List<String> origins = request.headers().getAll("origin");
    for (String origin : origins) {
      if (!isSame(origin.toLowerCase(Locale.ROOT), host)) {
        return "Pages of %s may not use this server.".formatted(shortened(origin));
      }
    }
    String site = request.getHeader("sec-fetch-site");
    if (site == null || site.equals("same-origin") || site.equals("none")) {
      return null;
    }
    boolean follows =
        "navigate".equals(request.getHeader("sec-fetch-mode"))
            && "document".equals(request.getHeader("sec-fetch-dest"))
            && (HttpMethod.GET.equals(request.method())
                || HttpMethod.HEAD.equals(request.method()));
    return follows ? null : "Pages of other sites may link here, but not use this server.";
  }

  private boolean isOwn(String name) {
    return names.contains(name) || (addressesToo && ADDRESS.matcher(name).matches());
  }

  private static boolean isSame(String origin, String host) {
    Matcher parts = ORIGIN.matcher(origin);
    if (!parts.matches()) {
      return false;
    }
    String defaultPort = parts.group(1).equals("https") ? ":443" : ":80";
    return without(defaultPort, parts.group(2)).equals(without(defaultPort, host));
  }

  private static String without(String port, String authority) {
    return authority.endsWith(port)
        ? authority.substring(0, authority.length() - port.length())
        : authority;
  }

  private static String shortened(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
