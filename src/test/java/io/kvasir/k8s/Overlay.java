package io.kvasir.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A folder of {@code k8s/overlays} and what it renders to. */
record Overlay(String name, List<Manifest> manifests) {
  private static final Path FOLDER = Path.of("k8s", "overlays");
  private static final Map<String, Overlay> RENDERED = new ConcurrentHashMap<>();

  /** Every overlay there is, rendered once. */
  static Stream<Overlay> all() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList()
          .stream()
          .map(Overlay::named);
    }
  }

  static Overlay named(String name) {
    return RENDERED.computeIfAbsent(name, Overlay::render);
  }

  private static Overlay render(String name) {
    try {
      return new Overlay(name, Kustomize.render(FOLDER.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while rendering " + name, e);
    }
  }

  Stream<Manifest> ofKind(String kind) {
    return manifests.stream().filter(manifest -> manifest.kind().equals(kind));
  }

  /** What decides how many servers there are: Kubernetes' own autoscaler or KEDA's. */
  Stream<Manifest> autoscalers() {
    return Stream.concat(ofKind("HorizontalPodAutoscaler"), ofKind("ScaledObject"));
  }

  Stream<Manifest> workloads() {
    return manifests.stream().filter(Manifest::makesPods);
  }

  @Override
  public String toString() {
    return name;
  }
}
