package io.kvasir.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pods that an overlay brings to life, by what others can know of them.
 *
 * @param labels what selectors match
 * @param ports names and numbers that its containers listen on
 */
record PodSet(Map<String, String> labels, Set<String> ports) {
  /** Those of workloads, and those that the database operator makes for a cluster. */
  static List<PodSet> of(Overlay overlay) {
    return Stream.concat(
            overlay.workloads().map(PodSet::ofWorkload),
            overlay.ofKind("Cluster").map(PodSet::ofCluster))
        .toList();
  }

  private static PodSet ofWorkload(Manifest workload) {
    Set<String> ports = new HashSet<>();
    for (JsonNode container : workload.containers()) {
      for (JsonNode port : container.path("ports")) {
        ports.add(port.path("name").asText());
        ports.add(port.path("containerPort").asText());
      }
    }
    return new PodSet(workload.podLabels(), ports);
  }

  private static PodSet ofCluster(Manifest cluster) {
    Map<String, String> labels =
        new HashMap<>(Manifest.strings(cluster.json().at("/spec/inheritedMetadata/labels")));
    labels.put("cnpg.io/cluster", cluster.name());
    return new PodSet(labels, Set.of("5432", "8000", "9187"));
  }

  /** Whether a selector's labels are all there; an empty selector takes every pod. */
  boolean matches(JsonNode selector) {
    return labels.entrySet().containsAll(Manifest.strings(selector).entrySet());
  }
}
