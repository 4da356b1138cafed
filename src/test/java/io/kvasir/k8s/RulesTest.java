package io.kvasir.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The rules themselves: a manifest broken in a way that has hurt people is found. */
class RulesTest {
  private static final String SERVER = "/spec/template/spec/containers/0";

  @Test
  void misspelledFieldsAreFound() {
    assertBroken(
        SchemaRules::violations, "kvasir", "Deployment", "/spec", spec -> spec.put("replica", 3));
    assertBroken(
        SchemaRules::violations,
        "kvasir-database",
        "Cluster",
        "/spec/storage",
        storage -> storage.put("sise", "1Gi"));
    assertBroken(
        SchemaRules::violations,
        "kvasir",
        "ScaledObject",
        "/spec/triggers/0",
        trigger -> trigger.put("metricsType", "AverageValue"));
    assertBroken(
        SchemaRules::violations,
        "kvasir",
        "PodMonitor",
        "/spec/podMetricsEndpoints/0",
        endpoint -> endpoint.put("interval", "soon"));
  }

  @Test
  void privilegesAreFound() {
    assertBroken(
        PodSecurityRules::violations,
        "kvasir",
        "Deployment",
        SERVER + "/securityContext",
        context -> context.put("readOnlyRootFilesystem", false));
    assertBroken(
        PodSecurityRules::violations,
        "kvasir",
        "Deployment",
        "/spec/template/spec/securityContext",
        context -> context.remove("seccompProfile"));
  }

  @Test
  void selectorsThatSelectNothingAreFound() {
    assertBroken(
        SelectorRules::violations,
        "kvasir",
        "Service",
        "/spec/selector",
        selector -> selector.put("app.kubernetes.io/component", "servers"));
    assertBroken(
        SelectorRules::violations,
        "kvasir",
        "Service",
        "/spec/ports/0",
        port -> port.put("targetPort", "https"));
  }

  @Test
  void missingKeysAreFound() {
    assertBroken(
        ReferenceRules::violations,
        "kvasir",
        "Deployment",
        SERVER + "/env/1/valueFrom/secretKeyRef",
        reference -> reference.put("key", "url"));
  }

  @Test
  void serversWithoutAKeyAreFound() {
    assertBroken(
        OperationRules::violations,
        "kvasir",
        "Deployment",
        SERVER + "/env/2",
        variable -> variable.put("name", "KVASIR_KEY"));
  }

  @Test
  void unpinnedImagesAndShortGraceAreFound() {
    assertBroken(
        OperationRules::violations,
        "kvasir",
        "Deployment",
        SERVER,
        container -> container.put("image", "kvasir:latest"));
    assertBroken(
        OperationRules::violations,
        "kvasir",
        "Deployment",
        SERVER,
        container -> container.put("image", "registry.example.org:5000/kvasir"));
    assertBroken(
        OperationRules::violations,
        "kvasir",
        "Deployment",
        "/spec/template/spec",
        pod -> pod.put("terminationGracePeriodSeconds", 8));
  }

  private static void assertBroken(
      Function<Overlay, List<String>> rules,
      String name,
      String kind,
      String where,
      Consumer<ObjectNode> change) {
    Overlay whole = Overlay.named("keda");
    List<Manifest> broken =
        whole.manifests().stream()
            .map(
                manifest -> {
                  if (!manifest.name().equals(name) || !manifest.kind().equals(kind)) {
                    return manifest;
                  }
                  JsonNode copy = manifest.json().deepCopy();
                  change.accept((ObjectNode) copy.at(where));
                  return new Manifest(copy);
                })
            .toList();
    assertThat(broken).isNotEqualTo(whole.manifests());
    assertThat(rules.apply(new Overlay("broken", broken)))
        .singleElement()
        .asString()
        .contains(name);
  }
}
