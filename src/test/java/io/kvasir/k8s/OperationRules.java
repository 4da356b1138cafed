package io.kvasir.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import io.kvasir.config.Settings;
import io.kvasir.postgres.DatabaseOptions;
import io.kvasir.server.ServerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What keeps a running Kvasir from surprising the people who operate it. */
final class OperationRules {
  private static final Pattern PINNED =
      Pattern.compile(
          "[^\\s:@]+(:\\d+/[^\\s:@]+)?(:(?!latest$)[\\w][\\w.-]*|@sha256:[0-9a-f]{64})");
  private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+)m");
  private static final Pattern DIRECT = Pattern.compile("-XX:MaxDirectMemorySize=(\\d+)m");

  /** What the server takes after the drain to cancel, to keep traces and to close. */
  private static final long STOP_SECONDS = 25;

  private final Overlay overlay;
  private final List<String> violations = new ArrayList<>();

  private OperationRules(Overlay overlay) {
    this.overlay = overlay;
  }

  static List<String> violations(Overlay overlay) {
    OperationRules rules = new OperationRules(overlay);
    overlay.workloads().forEach(rules::workload);
    rules.server(overlay.ofKind("Deployment").filter(OperationRules::isServer).toList());
    return rules.violations;
  }

  private static boolean isServer(Manifest manifest) {
    return "server".equals(manifest.podLabels().get("app.kubernetes.io/component"));
  }

  private void workload(Manifest workload) {
    for (JsonNode container : workload.containers()) {
      String image = container.path("image").asText();
      require(PINNED.matcher(image).matches(), workload, "does not pin its image " + image);
      for (String amount : List.of("/requests/cpu", "/requests/memory", "/limits/memory")) {
        require(
            !container.path("resources").at(amount).isMissingNode(),
            workload,
            container.path("name").asText() + " says nothing of " + amount);
      }
    }
    JsonNode links = workload.podSpec().path("enableServiceLinks");
    require(
        links.isBoolean() && !links.asBoolean(),
        workload,
        "lets the cluster set variables that Kvasir takes for settings");
  }

  private void server(List<Manifest> servers) {
    if (servers.size() != 1) {
      violations.add("has " + servers.size() + " deployments of the server");
      return;
    }
    Manifest server = servers.get(0);
    JsonNode container = server.podSpec().path("containers").path(0);
    long grace = server.podSpec().path("terminationGracePeriodSeconds").asLong();
    long pause = container.at("/lifecycle/preStop/sleep/seconds").asLong();
    long drain =
        settings(environment(container)).value(ServerSettings.DRAIN).toSeconds() + STOP_SECONDS;
    require(pause > 0, server, "ends before the proxies know");
    require(grace > pause + drain, server, "is killed while it drains");
    require(
        container.at("/livenessProbe/httpGet/path").asText().equals("/api/health/live"),
        server,
        "is restarted for something else than being dead");
    require(
        container.at("/readinessProbe/httpGet/path").asText().equals("/api/health/ready"),
        server,
        "gets requests that it cannot answer");
    require(container.has("startupProbe"), server, "is killed while it starts");
    require(
        container.path("env").findValuesAsText("name").contains("KVASIR_HTTP_KEY"),
        server,
        "does not start, since it has no key to ask for");
    memory(server, container);
    accelerator(server, container);
    replicas(server);
  }

  /** A second server would wait for the accelerator of the first, which waits for the second. */
  private void accelerator(Manifest server, JsonNode container) {
    require(
        !container.path("resources").path("limits").has("nvidia.com/gpu")
            || server.json().at("/spec/strategy/type").asText().equals("Recreate"),
        server,
        "would wait for its own GPU when it is replaced");
  }

  private static Settings settings(Map<String, String> environment) {
    return ServerSettings.ALL.load(Path.of("no-such-file"), environment);
  }

  private void memory(Manifest server, JsonNode container) {
    String options = environment(container).getOrDefault("JDK_JAVA_OPTIONS", "");
    long limit = mebibytes(container.at("/resources/limits/memory").asText());
    long claimed = amount(HEAP, options) + amount(DIRECT, options);
    require(amount(HEAP, options) > 0, server, "leaves the heap to chance");
    require(amount(DIRECT, options) > 0, server, "leaves direct memory to chance");
    require(claimed < limit, server, "may claim " + claimed + " MiB of " + limit);
  }

  /** The variables of a container, those from config maps too; secrets' values are left out. */
  Map<String, String> environment(JsonNode container) {
    Map<String, String> variables = new TreeMap<>();
    for (JsonNode source : container.path("envFrom")) {
      String name = source.at("/configMapRef/name").asText();
      overlay
          .ofKind("ConfigMap")
          .filter(map -> map.name().equals(name))
          .forEach(map -> variables.putAll(Manifest.strings(map.json().path("data"))));
    }
    for (JsonNode variable : container.path("env")) {
      if (variable.has("value")) {
        variables.put(variable.path("name").asText(), variable.path("value").asText());
      }
    }
    return variables;
  }

  static Map<String, String> serverEnvironment(Overlay overlay) {
    Manifest server =
        overlay.ofKind("Deployment").filter(OperationRules::isServer).findFirst().orElseThrow();
    return new OperationRules(overlay).environment(server.podSpec().path("containers").path(0));
  }

  private void replicas(Manifest server) {
    long least = server.json().at("/spec/replicas").asLong(1);
    long most = least;
    List<Manifest> autoscalers = overlay.autoscalers().toList();
    require(autoscalers.size() <= 1, server, "is fought over by " + autoscalers);
    for (Manifest autoscaler : autoscalers) {
      JsonNode spec = autoscaler.json().path("spec");
      least = spec.path("minReplicas").asLong(spec.path("minReplicaCount").asLong(1));
      most = spec.path("maxReplicas").asLong(spec.path("maxReplicaCount").asLong());
      require(
          server.json().at("/spec/replicas").isMissingNode(),
          server,
          "resets what the autoscaler chose");
    }
    for (Manifest budget : overlay.ofKind("PodDisruptionBudget").toList()) {
      require(
          budget.json().at("/spec/minAvailable").asLong() < least,
          budget,
          "keeps nodes from being drained");
    }
    long pool = DatabaseOptions.of(settings(serverEnvironment(overlay))).poolSize();
    long surge = server.json().at("/spec/strategy/rollingUpdate/maxSurge").asLong();
    for (Manifest cluster : overlay.ofKind("Cluster").toList()) {
      long connections =
          cluster.json().at("/spec/postgresql/parameters/max_connections").asLong(100);
      require(
          (most + surge) * pool < connections,
          cluster,
          "has " + connections + " connections for " + (most + surge) + " servers of " + pool);
    }
  }

  private static long amount(Pattern option, String options) {
    Matcher matcher = option.matcher(options);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  private static long mebibytes(String quantity) {
    if (quantity.endsWith("Gi")) {
      return 1024 * Long.parseLong(quantity.substring(0, quantity.length() - 2));
    }
    return quantity.endsWith("Mi")
        ? Long.parseLong(quantity.substring(0, quantity.length() - 2))
        : 0;
  }

  private void require(boolean met, Manifest manifest, String what) {
    if (!met) {
      violations.add(manifest.title() + " " + what);
    }
  }
}
