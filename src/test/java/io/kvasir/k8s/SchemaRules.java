package io.kvasir.k8s;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether each resource is what the API server would take, nothing unknown in it: built-in kinds by
 * the models of the Java client, custom ones by the schema of their own definition.
 */
final class SchemaRules {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SchemaRules() {}

  static List<String> violations(Overlay overlay) {
    List<String> violations = new ArrayList<>();
    for (Manifest manifest : overlay.manifests()) {
      for (String violation : violations(manifest)) {
        violations.add(manifest.title() + ": " + violation);
      }
    }
    return violations;
  }

  private static List<String> violations(Manifest manifest) {
    String group = group(manifest.apiVersion());
    if (group.isEmpty() || group.endsWith(".k8s.io") || !group.contains(".")) {
      return builtIn(manifest);
    }
    return custom(manifest);
  }

  private static List<String> builtIn(Manifest manifest) {
    String version = manifest.apiVersion().substring(manifest.apiVersion().lastIndexOf('/') + 1);
    String name = version.substring(0, 1).toUpperCase(Locale.ROOT) + version.substring(1);
    try {
      Class<?> model =
          Class.forName("io.kubernetes.client.openapi.models." + name + manifest.kind());
      model
          .getMethod("validateJsonElement", JsonElement.class)
          .invoke(null, JsonParser.parseString(manifest.json().toString()));
      return List.of();
    } catch (ClassNotFoundException e) {
      return List.of("Kubernetes has no " + manifest.apiVersion() + " " + manifest.kind());
    } catch (InvocationTargetException e) {
      return List.of(String.valueOf(e.getCause().getMessage()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> custom(Manifest manifest) {
    String file =
        "/k8s/schemas/" + manifest.apiVersion().replace('/', '_') + "_" + manifest.kind() + ".json";
    try (InputStream schema = SchemaRules.class.getResourceAsStream(file)) {
      return schema == null
          ? List.of("there is no schema " + file + " to check it by")
          : new StructuralSchema(JSON.readTree(schema)).violations(manifest.json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String group(String apiVersion) {
    return apiVersion.contains("/") ? apiVersion.substring(0, apiVersion.indexOf('/')) : "";
  }
}
