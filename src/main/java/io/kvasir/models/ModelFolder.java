package io.kvasir.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ModelManifest;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;

/** An exported decoder: its manifest, and whether its files are what the manifest says. */
public final class ModelFolder {
  private static final String MANIFEST = "manifest.json";
  private static final String GRAPH = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";

  private ModelFolder() {}

  /**
   * Reads the manifest of a folder.
   *
   * @throws ProblemException NOT_FOUND if there is none, INVALID if this version cannot read it
   */
  public static ModelManifest manifest(Path folder) {
    Path file = folder.resolve(MANIFEST);
    if (!Files.exists(file)) {
      throw new ProblemException(Kind.NOT_FOUND, folder + " has no " + MANIFEST + ".");
    }
    ModelManifest manifest;
    try {
      manifest = new ObjectMapper().readValue(Files.readAllBytes(file), ModelManifest.class);
    } catch (IOException e) {
      throw new ProblemException(
          Kind.INVALID,
          folder.getFileName() + " has a manifest that cannot be read: " + Reason.of(e),
          String.valueOf(e.getMessage()),
          e);
    }
    if (manifest.version() != ModelManifest.VERSION) {
      throw problem(
          folder,
          "its manifest is of version %d, this Kvasir reads %d"
              .formatted(manifest.version(), ModelManifest.VERSION));
    }
    return manifest;
  }

  /**
   * Holds the files of a folder against its manifest, without loading the weights.
   *
   * @throws ProblemException NOT_FOUND or INVALID, saying what does not fit
   */
  public static ModelManifest check(Path folder) {
    ModelManifest manifest = manifest(folder);
    try {
      checkGraph(folder, manifest);
      checkTokenizer(folder, manifest);
    } catch (IOException e) {
      throw new ProblemException(
          Kind.INVALID,
          "%s is damaged: %s. Remove it to have it made again."
              .formatted(folder.getFileName(), Reason.of(e)),
          String.valueOf(e.getMessage()),
          e);
    }
    return manifest;
  }

  private static void checkGraph(Path folder, ModelManifest manifest) throws IOException {
    ModelProto model;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(folder.resolve(GRAPH)))) {
      model = ModelProto.parseFrom(in);
    }
    Map<String, List<Long>> inputs = shapes(model.getGraph().getInputList());
    Map<String, List<Long>> outputs = shapes(model.getGraph().getOutputList());
    int rows = (manifest.heads() + 2 * manifest.kvHeads()) * manifest.headSize();
    expect(folder, outputs, "logits", 2, manifest.vocabulary());
    for (int layer = 0; layer < manifest.layers(); layer++) {
      for (String which : List.of("key", "value")) {
        String past = "past_key_values.%d.%s".formatted(layer, which);
        expect(folder, inputs, past, 1, manifest.kvHeads());
        expect(folder, inputs, past, 3, manifest.headSize());
        expect(folder, outputs, "present.%d.%s".formatted(layer, which), 3, manifest.headSize());
      }
      expect(folder, outputs, "qkv." + layer, 2, rows);
    }
    if (inputs.containsKey("past_key_values.%d.key".formatted(manifest.layers()))) {
      throw problem(folder, "its graph has more layers than its manifest says");
    }
    for (TensorProto tensor : model.getGraph().getInitializerList()) {
      if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
        checkExtent(folder, tensor);
      }
    }
  }

  private static void checkExtent(Path folder, TensorProto tensor) throws IOException {
    Map<String, String> where =
        tensor.getExternalDataList().stream()
            .collect(
                Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    String location = where.getOrDefault("location", "");
    Path data = folder.resolve(location).normalize();
    if (location.isEmpty() || !folder.normalize().equals(data.getParent())) {
      throw problem(folder, "tensor " + tensor.getName() + " lies outside of it");
    }
    long end;
    try {
      end =
          Math.addExact(
              Long.parseLong(where.getOrDefault("offset", "0")),
              Long.parseLong(where.getOrDefault("length", "0")));
    } catch (NumberFormatException | ArithmeticException e) {
      throw new ProblemException(
          Kind.INVALID, folder + " is damaged: no extent of tensor " + tensor.getName(), e);
    }
    long size = Files.size(data);
    if (end > size) {
      throw problem(
          folder,
          "%s ends after %,d bytes, within tensor %s"
              .formatted(data.getFileName(), size, tensor.getName()));
    }
  }

  private static void checkTokenizer(Path folder, ModelManifest manifest) throws IOException {
    JsonNode tokenizer = new ObjectMapper().readTree(Files.readAllBytes(folder.resolve(TOKENIZER)));
    int tokens = tokenizer.path("model").path("vocab").size();
    if (tokens != manifest.vocabulary()) {
      throw problem(
          folder,
          "%s has %,d tokens, the manifest says %,d"
              .formatted(TOKENIZER, tokens, manifest.vocabulary()));
    }
  }

  /** Dimensions by name of the tensor; those that vary are 0. */
  private static Map<String, List<Long>> shapes(List<ValueInfoProto> values) {
    return values.stream()
        .collect(
            Collectors.toMap(
                ValueInfoProto::getName,
                (Function<ValueInfoProto, List<Long>>)
                    value ->
                        value.getType().getTensorType().getShape().getDimList().stream()
                            .map(dimension -> dimension.getDimValue())
                            .toList()));
  }

  private static void expect(
      Path folder, Map<String, List<Long>> shapes, String name, int axis, long size) {
    List<Long> shape = shapes.get(name);
    if (shape == null || shape.size() <= axis || shape.get(axis) != size) {
      throw problem(
          folder,
          "%s of its graph is %s, dimension %d should be %,d"
              .formatted(name, shape == null ? "missing" : shape, axis, size));
    }
  }

  private static ProblemException problem(Path folder, String what) {
    return new ProblemException(
        Kind.INVALID,
        "%s is damaged: %s. Remove it to have it made again.".formatted(folder, what));
  }
}
