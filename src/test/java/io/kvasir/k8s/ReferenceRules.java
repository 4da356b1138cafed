package io.kvasir.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether everything that is named is there: config maps, secrets and their keys, volumes, … */
final class ReferenceRules {
  /** What the database operator writes into the secret of a cluster's owner. */
  private static final Set<String> OWNER_KEYS =
      Set.of("username", "password", "dbname", "host", "port", "uri", "pgpass");

  /** What people make by hand, since it is not for a repository; OPERATING.md says how. */
  private static final Map<String, Set<String>> MADE_BY_HAND =
      Map.of("Secret kvasir-key", Set.of("key"));

  private final Overlay overlay;
  private final Map<String, Set<String>> keys = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  private ReferenceRules(Overlay overlay) {
    this.overlay = overlay;
    keys.putAll(MADE_BY_HAND);
    for (String kind : List.of("ConfigMap", "Secret")) {
      overlay
          .ofKind(kind)
          .forEach(
              holder -> {
                Set<String> names = new HashSet<>();
                for (String field : List.of("data", "stringData", "binaryData")) {
                  holder.json().path(field).fieldNames().forEachRemaining(names::add);
                }
                keys.put(kind + " " + holder.name(), names);
              });
    }
    overlay
        .ofKind("Cluster")
        .forEach(cluster -> keys.put("Secret " + cluster.name() + "-app", OWNER_KEYS));
  }

  static List<String> violations(Overlay overlay) {
    ReferenceRules rules = new ReferenceRules(overlay);
    overlay.workloads().forEach(rules::workload);
    overlay.autoscalers().forEach(rules::autoscaler);
    overlay.ofKind("ScheduledBackup").forEach(rules::backup);
    overlay.ofKind("PodMonitor").forEach(rules::monitor);
    return rules.violations;
  }

  private void workload(Manifest workload) {
    JsonNode account = workload.podSpec().path("serviceAccountName");
    if (!account.isMissingNode()) {
      exists(workload, "ServiceAccount", account.asText());
    }
    Set<String> volumes = new HashSet<>();
    for (JsonNode volume : workload.podSpec().path("volumes")) {
      volumes.add(volume.path("name").asText());
      JsonNode claim = volume.at("/persistentVolumeClaim/claimName");
      if (!claim.isMissingNode()) {
        exists(workload, "PersistentVolumeClaim", claim.asText());
      }
      holder(workload, "ConfigMap", volume.at("/configMap/name"), volume.at("/configMap/items"));
      holder(workload, "Secret", volume.at("/secret/secretName"), volume.at("/secret/items"));
    }
    Set<String> mounted = new HashSet<>();
    for (JsonNode container : workload.containers()) {
      for (JsonNode mount : container.path("volumeMounts")) {
        mounted.add(mount.path("name").asText());
      }
      environment(workload, container);
    }
    require(mounted.equals(volumes), workload, "has volumes " + volumes + ", mounts " + mounted);
  }

  private void environment(Manifest workload, JsonNode container) {
    for (JsonNode source : container.path("envFrom")) {
      holder(workload, "ConfigMap", source.at("/configMapRef/name"), source.path("items"));
      holder(workload, "Secret", source.at("/secretRef/name"), source.path("items"));
    }
    for (JsonNode variable : container.path("env")) {
      key(workload, "ConfigMap", variable.at("/valueFrom/configMapKeyRef"));
      key(workload, "Secret", variable.at("/valueFrom/secretKeyRef"));
    }
  }

  private void holder(Manifest workload, String kind, JsonNode name, JsonNode items) {
    if (name.isMissingNode()) {
      return;
    }
    require(keys.containsKey(kind + " " + name.asText()), workload, "misses " + kind + " " + name);
    for (JsonNode item : items) {
      hasKey(workload, kind, name.asText(), item.path("key").asText());
    }
  }

  private void key(Manifest workload, String kind, JsonNode reference) {
    if (!reference.isMissingNode()) {
      hasKey(workload, kind, reference.path("name").asText(), reference.path("key").asText());
    }
  }

  private void hasKey(Manifest workload, String kind, String name, String key) {
    require(
        keys.getOrDefault(kind + " " + name, Set.of()).contains(key),
        workload,
        "misses key " + key + " of " + kind + " " + name);
  }

  private void autoscaler(Manifest autoscaler) {
    JsonNode target = autoscaler.json().at("/spec/scaleTargetRef");
    exists(autoscaler, target.path("kind").asText(), target.path("name").asText());
  }

  private void backup(Manifest backup) {
    exists(backup, "Cluster", backup.json().at("/spec/cluster/name").asText());
  }

  private void monitor(Manifest monitor) {
    for (JsonNode endpoint : monitor.json().at("/spec/podMetricsEndpoints")) {
      key(monitor, "Secret", endpoint.at("/authorization/credentials"));
    }
  }

  private void exists(Manifest from, String kind, String name) {
    require(
        overlay.ofKind(kind).anyMatch(manifest -> manifest.name().equals(name)),
        from,
        "misses " + kind + " " + name);
  }

  private void require(boolean met, Manifest manifest, String what) {
    if (!met) {
      violations.add(manifest.title() + " " + what);
    }
  }
}
