package io.kvasir.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The "restricted" pod security standard, and beyond it: a read-only root file system, numeric
 * users, and no token of the cluster.
 */
final class PodSecurityRules {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  private PodSecurityRules() {}

  static List<String> violations(Overlay overlay) {
    List<String> violations = new ArrayList<>();
    overlay.workloads().forEach(workload -> check(workload, violations));
    return violations;
  }

  private static void check(Manifest workload, List<String> violations) {
    JsonNode pod = workload.podSpec();
    String title = workload.title();
    for (String namespace : List.of("hostNetwork", "hostPID", "hostIPC")) {
      require(!pod.path(namespace).asBoolean(), title, "uses the node's " + namespace, violations);
    }
    JsonNode context = pod.path("securityContext");
    require(context.path("runAsNonRoot").asBoolean(), title, "may run as root", violations);
    require(context.path("runAsUser").asInt() > 0, title, "names no user", violations);
    require(
        context.at("/seccompProfile/type").asText().equals("RuntimeDefault"),
        title,
        "has no seccomp profile",
        violations);
    require(
        pod.path("automountServiceAccountToken").isBoolean()
            && !pod.path("automountServiceAccountToken").asBoolean(),
        title,
        "gets a token of the cluster",
        violations);
    for (JsonNode volume : pod.path("volumes")) {
      for (String field : (Iterable<String>) volume::fieldNames) {
        require(
            field.equals("name") || VOLUMES.contains(field),
            title,
            "has a volume of type " + field,
            violations);
      }
    }
    for (JsonNode container : workload.containers()) {
      check(container, title + " / " + container.path("name").asText(), violations);
    }
  }

  private static void check(JsonNode container, String title, List<String> violations) {
    JsonNode context = container.path("securityContext");
    require(
        context.path("allowPrivilegeEscalation").isBoolean()
            && !context.path("allowPrivilegeEscalation").asBoolean(),
        title,
        "may gain privileges",
        violations);
    require(!context.path("privileged").asBoolean(), title, "is privileged", violations);
    require(
        context.path("readOnlyRootFilesystem").asBoolean(),
        title,
        "may write into its image",
        violations);
    JsonNode capabilities = context.path("capabilities");
    require(
        capabilities.path("drop").toString().equals("[\"ALL\"]")
            && capabilities.path("add").isEmpty(),
        title,
        "keeps capabilities",
        violations);
    require(
        !context.has("runAsUser") || context.path("runAsUser").asInt() > 0,
        title,
        "runs as root",
        violations);
    for (JsonNode port : container.path("ports")) {
      require(!port.has("hostPort"), title, "takes a port of the node", violations);
    }
  }

  private static void require(boolean met, String title, String what, List<String> violations) {
    if (!met) {
      violations.add(title + " " + what);
    }
  }
}
