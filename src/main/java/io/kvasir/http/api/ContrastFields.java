package io.kvasir.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.contrast.ContrastRequest;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AnswerPath;
import io.kvasir.core.AnswerStyle;
import io.kvasir.core.Sampling;
import io.kvasir.core.Scope;
import io.kvasir.core.ScopeSelection;
import io.kvasir.http.exchange.Fields;
import io.kvasir.http.exchange.InvalidFieldException;
import io.kvasir.http.exchange.SamplingFields;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a contrast is asked with. */
public final class ContrastFields {
  /** The most selectors of a scope. */
  static final int SELECTORS = 100;

  /** The longest selector: a document's name and a heading path. */
  static final int SELECTOR_CHARACTERS = 1_000;

  /** The largest budget that can be asked for; the decoder's context may allow less. */
  static final int BUDGET_TOKENS = 1 << 20;

  private static final int NAME_CHARACTERS = 200;

  private ContrastFields() {}

  /** The request in a body. */
  static ContrastRequest of(JsonNode body, Paths known, Sampling otherwise, ContrastLimits limits) {
    Fields fields =
        Fields.strict(
            body,
            "question",
            "conversation",
            "beside",
            "collection",
            "scope",
            "paths",
            "model",
            "style",
            "sampling",
            "k",
            "budget",
            "selection");
    String question = fields.requiredText("question", Integer.MAX_VALUE);
    limits.requireShort(question);
    List<AnswerPath> paths = paths(fields, known);
    String conversation = fields.text("conversation", NAME_CHARACTERS);
    String beside = fields.text("beside", NAME_CHARACTERS);
    if (conversation != null && beside != null) {
      throw new InvalidFieldException(
          "beside",
          "A contrast that stands beside another is in its conversation: name 'beside' alone.");
    }
    String collection = fields.text("collection", NAME_CHARACTERS);
    if (collection == null
        && conversation == null
        && beside == null
        && !known.needs(paths).isEmpty()) {
      throw new InvalidFieldException(
          "collection",
          "The paths %s need a collection: name it in 'collection'."
              .formatted(known.listedReading()));
    }
    return new ContrastRequest(
        question,
        conversation,
        beside,
        collection,
        scope(fields),
        paths,
        fields.text("model", NAME_CHARACTERS),
        style(fields),
        SamplingFields.of(fields.value("sampling"), otherwise, limits.maxTokens()),
        fields.integer("k", 1, limits.maxK()),
        budget(fields),
        selection(fields));
  }

  private static ScopeSelection selection(Fields fields) {
    String name = fields.text("selection", NAME_CHARACTERS);
    return name == null
        ? ScopeSelection.RETRIEVED
        : ScopeSelection.of(name)
            .orElseThrow(
                () ->
                    new InvalidFieldException(
                        "selection",
                        "The field 'selection' is '%s'; it can be %s."
                            .formatted(name, ScopeSelection.listed())));
  }

  private static @Nullable AnswerStyle style(Fields fields) {
    String name = fields.text("style", NAME_CHARACTERS);
    return name == null
        ? null
        : AnswerStyle.of(name)
            .orElseThrow(
                () ->
                    new InvalidFieldException(
                        "style",
                        "There is no style '%s'; there are: %s."
                            .formatted(name, AnswerStyle.listed())));
  }

  /** The scope of a body; the whole collection if absent. */
  public static Scope scope(Fields fields) {
    return new Scope(fields.texts("scope", SELECTORS, SELECTOR_CHARACTERS));
  }

  /** The budget of a body in tokens; null if absent. */
  static @Nullable Integer budget(Fields fields) {
    return fields.integer("budget", 1, BUDGET_TOKENS);
  }

  private static List<AnswerPath> paths(Fields fields, Paths known) {
    List<String> names = fields.texts("paths", 100, NAME_CHARACTERS);
    if (names.isEmpty()) {
      throw new InvalidFieldException(
          "paths", "The field 'paths' must name at least one of: %s.".formatted(known.listed()));
    }
    Set<AnswerPath> paths = new LinkedHashSet<>();
    for (String name : names) {
      if (!paths.add(path("paths", name, known))) {
        throw new InvalidFieldException("paths", "The path '%s' is named twice.".formatted(name));
      }
    }
    return List.copyOf(paths);
  }

  /** The path of that name. */
  static AnswerPath path(String field, String name, Paths known) {
    return known
        .find(name)
        .orElseThrow(() -> new InvalidFieldException(field, known.unknown(name)))
        .name();
  }
}
