package io.kvasir.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One rendered resource. */
record Manifest(JsonNode json) {
  String apiVersion() {
    return json.path("apiVersion").asText();
  }

  String kind() {
    return json.path("kind").asText();
  }

  String name() {
    return json.at("/metadata/name").asText();
  }

  String title() {
    return kind() + " " + name();
  }

  /** The pods it makes; missing if it makes none. */
  JsonNode podTemplate() {
    return switch (kind()) {
      case "Deployment", "StatefulSet", "DaemonSet", "Job" -> json.at("/spec/template");
      case "CronJob" -> json.at("/spec/jobTemplate/spec/template");
      case "Pod" -> json;
      default -> MissingNode.getInstance();
    };
  }

  JsonNode podSpec() {
    return podTemplate().path("spec");
  }

  boolean makesPods() {
    return !podSpec().isMissingNode();
  }

  Map<String, String> podLabels() {
    return strings(podTemplate().at("/metadata/labels"));
  }

  /** The containers of its pods, those that run first too. */
  List<JsonNode> containers() {
    List<JsonNode> containers = new ArrayList<>();
    podSpec().path("initContainers").forEach(containers::add);
    podSpec().path("containers").forEach(containers::add);
    return containers;
  }

  static Map<String, String> strings(JsonNode node) {
    Map<String, String> map = new TreeMap<>();
    node.properties().forEach(entry -> map.put(entry.getKey(), entry.getValue().asText()));
    return map;
  }
}
