package io.kvasir.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.contrast.Contrasts;
import io.kvasir.core.DocumentCollection;
import io.kvasir.core.ExampleQuestion;
import io.kvasir.core.Scope;
import io.kvasir.core.ValueKind;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.JsonBody;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.http.guard.KeyGuard;
import io.kvasir.retrieve.CollectionName;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.Library.NewCollection;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /api/collections}: making, describing and deleting collections. */
public final class CollectionRoutes {
  /** The longest title. */
  static final int TITLE_CHARACTERS = 200;

  /** The most example questions of a collection. */
  static final int EXAMPLES = 100;

  private static final Pattern LANGUAGE = Pattern.compile("[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}");
  private static final int NAME_CHARACTERS = 200;

  private final Library library;
  private final EncoderNames encoders;
  private final Contrasts contrasts;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public CollectionRoutes(HttpPorts ports) {
    this.library = ports.library();
    this.encoders = new EncoderNames(ports.encoders());
    this.contrasts = ports.contrasts();
  }

  /** Adds the routes. */
  public void mount(Router router, JsonBody bodies) {
    router.get("/api/collections").handler(this::list);
    bodies.on(router.post("/api/collections")).handler(this::create);
    router.get("/api/collections/:name").handler(this::describe);
    router.delete("/api/collections/:name").handler(this::delete);
    bodies.on(router.put("/api/collections/:name/examples")).handler(this::setExamples);
    bodies.on(router.put("/api/collections/:name/title")).handler(this::setTitle);
    router.get("/api/collections/:name/sections").handler(this::sections);
  }

  private void list(RoutingContext context) {
    Query.of(context);
    Replies.json(
        context,
        200,
        library
            .collections(KeyGuard.workspace(context))
            .map(all -> Map.<String, List<DocumentCollection>>of("collections", all)));
  }

  private void create(RoutingContext context) {
    Query.of(context);
    Fields fields =
        Fields.strict(JsonBody.of(context), "name", "title", "language", "encoder", "values");
    String title = fields.text("title", TITLE_CHARACTERS);
    String given = fields.text("name", NAME_CHARACTERS);
    if (given == null && (title == null || title.isBlank())) {
      throw new InvalidFieldException(
          "name", "The fields 'name' and 'title' are missing; give one of them.");
    }
    String asked = given == null ? null : requireName(given);
    String language = requireLanguage(fields.requiredText("language", NAME_CHARACTERS));
    String wanted = fields.text("encoder", EncoderNames.CHARACTERS);
    String values = fields.text("values", NAME_CHARACTERS);
    Encoder.Description encoder =
        wanted == null ? encoders.speaking(language) : encoders.named(wanted);
    ValueKind kind = values == null ? ValueKind.RAW : requireValues(values);
    Workspace workspace = KeyGuard.workspace(context);
    Replies.when(
        context,
        name(workspace, asked, String.valueOf(title))
            .compose(
                name ->
                    library.create(
                        workspace,
                        new NewCollection(
                            name,
                            title(title),
                            language,
                            encoder.name(),
                            encoder.dimensions(),
                            kind))),
        created -> {
          context.response().putHeader("location", "/api/collections/" + created.name());
          Replies.json(context, 201, created);
        });
  }

  /** The name that was asked for, or one made of the title. */
  private Future<String> name(Workspace workspace, @Nullable String asked, String title) {
    return asked != null
        ? Future.succeededFuture(asked)
        : library
            .collections(workspace)
            .map(
                all ->
                    CollectionName.of(title, all.stream().map(DocumentCollection::name).toList()));
  }

  private static @Nullable String title(@Nullable String given) {
    return given == null || given.isBlank() ? null : given.strip();
  }

  private void setTitle(RoutingContext context) {
    Query.of(context);
    Fields fields = Fields.strict(JsonBody.of(context), "title");
    String title = title(fields.text("title", TITLE_CHARACTERS));
    Replies.done(
        context, library.setTitle(KeyGuard.workspace(context), context.pathParam("name"), title));
  }

  private void describe(RoutingContext context) {
    Query.of(context);
    Replies.json(
        context, 200, library.collection(KeyGuard.workspace(context), context.pathParam("name")));
  }

  private void delete(RoutingContext context) {
    Query.of(context);
    Replies.done(context, library.delete(KeyGuard.workspace(context), context.pathParam("name")));
  }

  private void setExamples(RoutingContext context) {
    Query.of(context);
    JsonNode body = JsonBody.of(context);
    if (!body.isArray()) {
      throw Fields.wrongType("examples", "an array", body);
    }
    if (body.size() > EXAMPLES) {
      throw new InvalidFieldException(
          "examples", "There are %d examples; there can be %d.".formatted(body.size(), EXAMPLES));
    }
    List<ExampleQuestion> examples = new ArrayList<>();
    for (JsonNode element : body) {
      Fields fields =
          Fields.nested(element, "examples[%d]".formatted(examples.size()), "question", "scope");
      JsonNode scope = fields.value("scope");
      examples.add(
          new ExampleQuestion(
              fields.requiredText("question", contrasts.limits().questionCharacters()),
              scope == null
                  ? Scope.ALL
                  : new Scope(
                      Fields.nested(scope, fields.nameOf("scope"), "selectors")
                          .texts(
                              "selectors",
                              ContrastFields.SELECTORS,
                              ContrastFields.SELECTOR_CHARACTERS))));
    }
    Replies.done(
        context,
        library.setExamples(KeyGuard.workspace(context), context.pathParam("name"), examples));
  }

  private void sections(RoutingContext context) {
    Query.of(context);
    Replies.large(
        context,
        library
            .sections(KeyGuard.workspace(context), context.pathParam("name"))
            .map(all -> Map.<String, List<Library.Section>>of("sections", all)));
  }

  /** A name that a collection can have. */
  static String requireName(String name) {
    if (!CollectionName.FORM.matcher(name).matches()) {
      throw new InvalidFieldException(
          "name",
          "A collection cannot be called '%s'; use up to 63 lower case letters, digits and hyphens."
              .formatted(name));
    }
    return name;
  }

  /** A kind of values. */
  static ValueKind requireValues(String name) {
    return ValueKind.of(name)
        .orElseThrow(
            () ->
                new InvalidFieldException(
                    "values",
                    "There are no values '%s'; there are: %s."
                        .formatted(name, ValueKind.listed())));
  }

  /** A language code. */
  static String requireLanguage(String language) {
    if (!LANGUAGE.matcher(language).matches()) {
      throw new InvalidFieldException(
          "language", "'%s' is no language code; use one like en or zh.".formatted(language));
    }
    return language;
  }
}
