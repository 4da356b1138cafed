package io.kvasir.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an overlay asks Prometheus, held against what a server tells it. */
public final class Queries {
  /** What Prometheus knows of a series beside what the server says. */
  private static final Set<String> ADDED = Set.of("namespace", "pod", "le");

  private static final Pattern SERIES =
      Pattern.compile("([a-z][a-z0-9_]*)\\{([^}]*)}", Pattern.CASE_INSENSITIVE);
  private static final Pattern LABEL = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
  private static final Pattern GROUPING = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
  private static final Pattern TOLD =
      Pattern.compile("^([a-z][a-z0-9_]*)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);

  private Queries() {}

  /** Every query of an overlay: of its alerts, its dashboards, its scalers. */
  public static List<String> of(String overlay) {
    List<String> queries = new ArrayList<>();
    for (Manifest manifest : Overlay.named(overlay).manifests()) {
      switch (manifest.kind()) {
        case "PrometheusRule" -> texts(manifest.json(), "expr", queries);
        case "ScaledObject" -> texts(manifest.json(), "query", queries);
        case "ConfigMap" ->
            manifest
                .json()
                .path("data")
                .properties()
                .forEach(
                    file -> {
                      if (file.getKey().endsWith(".json")) {
                        texts(parsed(file.getValue().asText()), "expr", queries);
                      }
                    });
        default -> {}
      }
    }
    return queries;
  }

  private static void texts(JsonNode node, String field, List<String> into) {
    node.findValues(field).forEach(value -> into.add(value.asText()));
  }

  private static JsonNode parsed(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a query asks for that a server does not tell.
   *
   * @param told what the server answers to GET /metrics
   */
  public static List<String> unanswered(String query, String told) {
    Map<String, Set<String>> known = labels(told);
    List<String> missing = new ArrayList<>();
    Set<String> groups = new HashSet<>(ADDED);
    Matcher series = SERIES.matcher(query);
    while (series.find()) {
      Set<String> labels = known.get(series.group(1));
      if (labels == null) {
        missing.add(series.group(1));
        continue;
      }
      groups.addAll(labels);
      for (String label : found(LABEL, series.group(2))) {
        if (!labels.contains(label) && !ADDED.contains(label)) {
          missing.add(series.group(1) + " by " + label);
        }
      }
    }
    for (String grouping : found(GROUPING, query)) {
      for (String label : grouping.split(",", -1)) {
        if (!groups.contains(label.strip())) {
          missing.add("a label " + label.strip());
        }
      }
    }
    if (!SERIES.matcher(query).find()) {
      missing.add("any series at all");
    }
    return missing;
  }

  private static Map<String, Set<String>> labels(String told) {
    Map<String, Set<String>> labels = new HashMap<>();
    Matcher line = TOLD.matcher(told);
    while (line.find()) {
      Set<String> names = labels.computeIfAbsent(line.group(1), name -> new HashSet<>(ADDED));
      String pairs = line.group(2);
      if (pairs != null) {
        names.addAll(found(LABEL, pairs));
      }
    }
    return labels;
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }
}
