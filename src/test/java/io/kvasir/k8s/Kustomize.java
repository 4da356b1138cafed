package io.kvasir.k8s;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Renders a Kustomize folder offline, with the program that is here. */
final class Kustomize {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Kustomize() {}

  /** The resources that a folder renders to, in the order in which they would be applied. */
  static List<Manifest> render(Path folder) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(renderer());
    command.add(folder.toString());
    Path output = Files.createTempFile("kustomize", ".yaml");
    Path complaint = Files.createTempFile("kustomize", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(output.toFile())
              .redirectError(complaint.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " did not end within a minute");
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(command + " failed: " + Files.readString(complaint));
      }
      return parse(Files.readString(output));
    } finally {
      Files.delete(output);
      Files.delete(complaint);
    }
  }

  /** The resources of a YAML stream. */
  static List<Manifest> parse(String yaml) {
    List<Manifest> manifests = new ArrayList<>();
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
      manifests.add(new Manifest(JSON.valueToTree(document)));
    }
    return List.copyOf(manifests);
  }

  private static List<String> renderer() throws IOException, InterruptedException {
    Path built = Path.of("target", "tools", "kustomize").toAbsolutePath();
    if (Files.isExecutable(built)) {
      return List.of(built.toString(), "build");
    }
    if (onPath("kustomize").isPresent()) {
      return List.of("kustomize", "build");
    }
    // kubectl before 1.21 contains a Kustomize that knows half of what is used here.
    if (onPath("kubectl").isPresent() && kubectlVersion() >= 21) {
      return List.of("kubectl", "kustomize");
    }
    throw new AssertionError(
        "Nothing here renders k8s/: there is neither kubectl 1.21 or newer nor kustomize."
            + " ./kvasir test installs one; see ensure_kustomize in src/launcher.");
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int kubectlVersion() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("kubectl", "version", "--client", "--output=json").start();
    byte[] told = process.getInputStream().readAllBytes();
    process.waitFor();
    String minor =
        JSON.readTree(new String(told, StandardCharsets.UTF_8))
            .at("/clientVersion/minor")
            .asText("0");
    return Integer.parseInt(minor.replaceAll("\\D", ""));
  }
}
