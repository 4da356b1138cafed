package io.kvasir.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import io.kvasir.weights.GraphContract;
import io.kvasir.weights.GraphContract.Dimension;
import io.kvasir.weights.GraphContract.Element;
import io.kvasir.weights.GraphContract.Tensor;
import io.kvasir.weights.ManifestFile;
import io.kvasir.weights.ModelManifest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/** Whether the files of an exported decoder are what its manifest says. */
public final class ModelFolder {
  private static final String GRAPH = "model.onnx";
  private static final String TOKENIZER = "tokenizer.json";

  private ModelFolder() {}

  /**
   * Holds the files of a folder against its manifest, without loading the weights.
   *
   * @throws ProblemException INVALID, saying what does not fit
   */
  public static ModelManifest check(Path folder) {
    ModelManifest manifest = ManifestFile.read(folder);
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
    List<Tensor> inputs = tensors(model.getGraph().getInputList());
    List<Tensor> outputs = tensors(model.getGraph().getOutputList());
    new GraphContract(manifest, GraphContract.attentionOf(inputs))
        .difference(inputs, outputs)
        .ifPresent(
            difference -> {
              throw problem(folder, "its graph " + difference);
            });
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
    if (tokens != manifest.sizes().vocabulary()) {
      throw problem(
          folder,
          "%s has %,d tokens, the manifest says %,d"
              .formatted(TOKENIZER, tokens, manifest.sizes().vocabulary()));
    }
  }

  private static List<Tensor> tensors(List<ValueInfoProto> values) {
    return values.stream()
        .map(
            value -> {
              TypeProto.Tensor type = value.getType().getTensorType();
              return new Tensor(
                  value.getName(),
                  element(type.getElemType()),
                  type.getShape().getDimList().stream().map(ModelFolder::dimension).toList());
            })
        .toList();
  }

  private static Dimension dimension(TensorShapeProto.Dimension dimension) {
    return dimension.hasDimValue()
        ? Dimension.fixed(dimension.getDimValue())
        : Dimension.varying(dimension.getDimParam());
  }

  private static Element element(int type) {
    return switch (type) {
      case TensorProto.DataType.INT32_VALUE -> Element.INT32;
      case TensorProto.DataType.INT64_VALUE -> Element.INT64;
      case TensorProto.DataType.FLOAT16_VALUE -> Element.FLOAT16;
      case TensorProto.DataType.FLOAT_VALUE -> Element.FLOAT32;
      default -> Element.OTHER;
    };
  }

  private static ProblemException problem(Path folder, String what) {
    return new ProblemException(
        Kind.INVALID,
        "%s is damaged: %s. Remove it to have it made again.".formatted(folder, what));
  }
}
