package io.kvasir.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** Whether selectors select pods, and ports that are named are listened on. */
final class SelectorRules {
  private final Overlay overlay;
  private final List<PodSet> pods;
  private final List<String> violations = new ArrayList<>();

  private SelectorRules(Overlay overlay) {
    this.overlay = overlay;
    this.pods = PodSet.of(overlay);
  }

  static List<String> violations(Overlay overlay) {
    SelectorRules rules = new SelectorRules(overlay);
    overlay.workloads().forEach(rules::workload);
    overlay.ofKind("Service").forEach(rules::service);
    overlay.ofKind("Ingress").forEach(rules::ingress);
    overlay.ofKind("NetworkPolicy").forEach(rules::networkPolicy);
    overlay.ofKind("PodDisruptionBudget").forEach(rules::budget);
    overlay.ofKind("PodMonitor").forEach(rules::monitor);
    return rules.violations;
  }

  private void workload(Manifest workload) {
    JsonNode selector = workload.json().at("/spec/selector/matchLabels");
    require(
        !selector.isEmpty()
            && workload.podLabels().entrySet().containsAll(Manifest.strings(selector).entrySet()),
        workload,
        "does not select its own pods");
    for (JsonNode spread : workload.podSpec().path("topologySpreadConstraints")) {
      some(workload, spread.at("/labelSelector/matchLabels"));
    }
    for (JsonNode container : workload.containers()) {
      for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
        for (JsonNode port : container.path(probe).findValues("port")) {
          require(listens(container, port.asText()), workload, probe + " asks port " + port);
        }
      }
    }
  }

  private static boolean listens(JsonNode container, String port) {
    for (JsonNode open : container.path("ports")) {
      if (port.equals(open.path("name").asText())
          || port.equals(open.path("containerPort").asText())) {
        return true;
      }
    }
    return false;
  }

  private void service(Manifest service) {
    JsonNode selector = service.json().at("/spec/selector");
    List<PodSet> selected = some(service, selector);
    for (JsonNode port : service.json().at("/spec/ports")) {
      String target = port.path("targetPort").asText(port.path("port").asText());
      require(
          selected.stream().allMatch(set -> set.ports().contains(target)),
          service,
          "leads to port " + target + ", which no container opens");
    }
  }

  private void ingress(Manifest ingress) {
    for (JsonNode backend : ingress.json().findValues("backend")) {
      String name = backend.at("/service/name").asText();
      String port = backend.at("/service/port").elements().next().asText();
      require(
          overlay
              .ofKind("Service")
              .anyMatch(service -> service.name().equals(name) && opens(service, port)),
          ingress,
          "leads to " + name + " port " + port + ", which there is not");
    }
  }

  private static boolean opens(Manifest service, String port) {
    for (JsonNode open : service.json().at("/spec/ports")) {
      if (port.equals(open.path("name").asText()) || port.equals(open.path("port").asText())) {
        return true;
      }
    }
    return false;
  }

  private void networkPolicy(Manifest policy) {
    List<PodSet> selected = some(policy, policy.json().at("/spec/podSelector/matchLabels"));
    for (JsonNode rule : policy.json().at("/spec/ingress")) {
      for (JsonNode port : rule.path("ports")) {
        String target = port.path("port").asText();
        require(
            selected.stream().allMatch(set -> set.ports().contains(target)),
            policy,
            "opens port " + target + ", which no container listens on");
      }
    }
    for (JsonNode rule : policy.json().at("/spec/egress")) {
      for (JsonNode peer : rule.path("to")) {
        if (!peer.has("namespaceSelector")) {
          some(policy, peer.at("/podSelector/matchLabels"));
        }
      }
    }
  }

  private void budget(Manifest budget) {
    some(budget, budget.json().at("/spec/selector/matchLabels"));
  }

  private void monitor(Manifest monitor) {
    List<PodSet> selected = some(monitor, monitor.json().at("/spec/selector/matchLabels"));
    for (JsonNode endpoint : monitor.json().at("/spec/podMetricsEndpoints")) {
      String port = endpoint.path("port").asText();
      require(
          selected.stream().allMatch(set -> set.ports().contains(port)),
          monitor,
          "asks port " + port + ", which no container listens on");
    }
  }

  private List<PodSet> some(Manifest manifest, JsonNode selector) {
    List<PodSet> selected = pods.stream().filter(set -> set.matches(selector)).toList();
    require(!selected.isEmpty(), manifest, "selects no pod by " + selector);
    return selected;
  }

  private void require(boolean met, Manifest manifest, String what) {
    if (!met) {
      violations.add(manifest.title() + " " + what);
    }
  }
}
