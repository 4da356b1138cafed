package io.kvasir.http.api;

import io.kvasir.contrast.ContrastEvent;
import io.kvasir.contrast.ContrastStore;
import io.kvasir.contrast.Contrasts;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Sampling;
import io.kvasir.http.exchange.EventStream;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.LiveStreams;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.exchange.RequestWatch;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.stream.EventLog;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /api/contrasts}: asking, following, stopping, and the history. */
public final class ContrastRoutes {
  private static final int LONGEST_SEARCH = 500;
  private static final int MOST_LINES = 200;
  private static final int LINES = 50;

  /** As many digits as are read; no contrast has so many events. */
  private static final int LAST_EVENT = 999_999_999;

  private static final Pattern IDENTITY =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Contrasts contrasts;
  private final ContrastStore history;
  private final Sampling sampling;
  private final LiveStreams streams;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public ContrastRoutes(HttpPorts ports, HttpOptions options, LiveStreams streams) {
    this.contrasts = ports.contrasts();
    this.history = ports.history();
    this.sampling = options.sampling();
    this.streams = streams;
  }

  /** Adds the routes. */
  public void mount(Router router, JsonBody bodies) {
    bodies.on(router.post("/api/contrasts")).handler(this::start);
    router.get("/api/contrasts").handler(this::list);
    router.get("/api/contrasts/:id").handler(this::trace);
    router.delete("/api/contrasts/:id").handler(this::delete);
    router.post("/api/contrasts/:id/cancel").handler(this::cancel);
    router.get("/api/contrasts/:id/events").handler(this::events);
  }

  private void start(RoutingContext context) {
    Query.of(context);
    Replies.when(
        context,
        RequestWatch.of(context)
            .within(
                () ->
                    contrasts.start(
                        KeyGuard.workspace(context),
                        ContrastFields.of(
                            JsonBody.of(context), contrasts.paths(), sampling, contrasts.limits()),
                        KeyGuard.tokens(context))),
        running -> {
          context.response().putHeader("location", "/api/contrasts/" + running.id());
          follow(context, running, 0);
        });
  }

  private void events(RoutingContext context) {
    String id = id(context);
    int from = firstUnseen(context);
    Optional<Contrasts.Running> running = contrasts.running(KeyGuard.workspace(context), id);
    if (running.isEmpty()) {
      throw new ProblemException(
          ProblemException.Kind.NOT_FOUND,
          "The contrast %s does not run; its trace may be at /api/contrasts/%s.".formatted(id, id));
    }
    EventLog<ContrastEvent> log = running.get().events();
    if (log.endsAt(from) && from > 0) {
      context.response().setStatusCode(204).end();
      return;
    }
    follow(context, running.get(), from);
  }

  private void follow(RoutingContext context, Contrasts.Running running, int from) {
    contrasts.join(KeyGuard.workspace(context), running.id());
    EventStream.answer(
        context,
        running.events(),
        from,
        TypedFrames.contrast(),
        () -> contrasts.leave(KeyGuard.workspace(context), running.id()),
        streams);
  }

  /** Where to go on, by the header that browsers send when they reconnect, or a parameter. */
  private static int firstUnseen(RoutingContext context) {
    Query query = Query.of(context, "lastEventId");
    String header = context.request().getHeader("last-event-id");
    if (header == null || header.isEmpty()) {
      return query.integer("lastEventId", 0, LAST_EVENT, -1) + 1;
    }
    if (!header.matches("\\d{1,9}")) {
      throw new InvalidFieldException(
          "Last-Event-ID", "The header Last-Event-ID must be the id of an event: a whole number.");
    }
    return Integer.parseInt(header) + 1;
  }

  private void list(RoutingContext context) {
    Query query = Query.of(context, "search", "before", "limit");
    Replies.json(
        context,
        200,
        history
            .list(
                KeyGuard.workspace(context),
                query.text("search", LONGEST_SEARCH),
                query.instant("before"),
                query.integer("limit", 1, MOST_LINES, LINES))
            .map(ContrastRoutes::named));
  }

  private static Map<String, List<ContrastStore.Summary>> named(List<ContrastStore.Summary> lines) {
    return Map.of("contrasts", lines);
  }

  private void trace(RoutingContext context) {
    Query.of(context);
    Replies.large(context, contrasts.trace(KeyGuard.workspace(context), id(context)));
  }

  private void delete(RoutingContext context) {
    Query.of(context);
    String id = id(context);
    if (isLive(contrasts.running(KeyGuard.workspace(context), id).orElse(null))) {
      throw new ProblemException(
          ProblemException.Kind.CONFLICT,
          "The contrast %s still runs; cancel it first, or wait for its end.".formatted(id));
    }
    Replies.done(context, history.delete(KeyGuard.workspace(context), id));
  }

  private void cancel(RoutingContext context) {
    Query.of(context);
    String id = id(context);
    if (contrasts.running(KeyGuard.workspace(context), id).isPresent()) {
      contrasts.cancel(KeyGuard.workspace(context), id);
      context.response().setStatusCode(202).end();
      return;
    }
    Replies.when(
        context,
        contrasts.trace(KeyGuard.workspace(context), id),
        stored -> context.response().setStatusCode(202).end());
  }

  private static boolean isLive(Contrasts.@Nullable Running running) {
    return running != null && !running.events().endsAt(running.events().size());
  }

  /** The contrast that a path names. */
  public static String id(RoutingContext context) {
    String id = context.pathParam("id");
    if (!IDENTITY.matcher(id).matches()) {
      throw new ProblemException(
          ProblemException.Kind.NOT_FOUND, "There is no contrast '%s'.".formatted(id));
    }
    return id;
  }
}
