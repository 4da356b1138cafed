package io.kvasir.gguf;

import com.google.protobuf.ByteString;
import io.kvasir.weights.GraphContract.Dimension;
import io.kvasir.weights.GraphContract.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/** Puts an ONNX graph together node by node; tensors above a kilobyte go to the external file. */
final class GraphBuilder {
  private static final String MICROSOFT = "com.microsoft";
  private static final int OPSET = 21;
  private static final int IR_VERSION = 10;
  private static final int INLINE_BYTES = 1024;

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("decoder");
  private final ExternalData external;

  GraphBuilder(ExternalData external) {
    this.external = external;
  }

  /** A one-dimensional constant of whole numbers; its name. */
  String constant(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** A constant of single precision; its name. */
  String floats(String name, float[] values, long... dimensions) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return raw(name, TensorProto.DataType.FLOAT_VALUE, bytes.array(), dimensions);
  }

  /** A constant of half precision; its name. */
  String halves(String name, float[] values, long... dimensions) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putShort(HalfFloat.fromFloat(value));
    }
    return raw(name, TensorProto.DataType.FLOAT16_VALUE, bytes.array(), dimensions);
  }

  /** A constant given as little-endian bytes; its name. */
  String raw(String name, int type, byte[] bytes, long... dimensions) throws IOException {
    if (bytes.length >= INLINE_BYTES) {
      return streamed(name, type, out -> out.write(bytes), dimensions);
    }
    graph.addInitializer(tensor(name, type, dimensions).setRawData(ByteString.copyFrom(bytes)));
    return name;
  }

  /** A constant whose little-endian bytes are written while it is added; its name. */
  String streamed(String name, int type, ExternalData.Content content, long... dimensions)
      throws IOException {
    ExternalData.Extent extent = external.append(content);
    graph.addInitializer(
        tensor(name, type, dimensions)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", external.name()))
            .addExternalData(entry("offset", Long.toString(extent.offset())))
            .addExternalData(entry("length", Long.toString(extent.length()))));
    return name;
  }

  /** A standard node with one output; the output's name. */
  String node(String operator, List<String> inputs, String output, AttributeProto... attributes) {
    return add("", operator, inputs, List.of(output), attributes);
  }

  /** Rows of the last axis brought to a mean square of 1 and multiplied by a gain. */
  String normalise(String input, String gain, float epsilon, String output) {
    return node(
        "SimplifiedLayerNormalization",
        List.of(input, gain),
        output,
        number("axis", -1L),
        number("epsilon", epsilon),
        number("stash_type", 1L));
  }

  /** A node of Microsoft's operators; the first output's name. */
  String microsoft(
      String operator, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    return add(MICROSOFT, operator, inputs, outputs, attributes);
  }

  /** A standard node with several outputs. */
  void split(List<String> inputs, List<String> outputs, AttributeProto... attributes) {
    add("", "Split", inputs, outputs, attributes);
  }

  /** Declares an input. */
  void input(Tensor tensor) {
    graph.addInput(value(tensor));
  }

  /** Declares an output. */
  void output(Tensor tensor) {
    graph.addOutput(value(tensor));
  }

  /** The finished model. */
  ModelProto model() {
    return ModelProto.newBuilder()
        .setIrVersion(IR_VERSION)
        .setProducerName("kvasir")
        .setProducerVersion(DecoderExport.VERSION)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(MICROSOFT).setVersion(1))
        .setGraph(graph)
        .build();
  }

  static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder().setName(name).setType(AttributeType.INT).setI(value).build();
  }

  static AttributeProto number(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  private String add(
      String domain,
      String operator,
      List<String> inputs,
      List<String> outputs,
      AttributeProto... attributes) {
    graph.addNode(
        NodeProto.newBuilder()
            .setName(outputs.get(0) + "/" + operator)
            .setDomain(domain)
            .setOpType(operator)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
    return outputs.get(0);
  }

  private static TensorProto.Builder tensor(String name, int type, long... dimensions) {
    TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    return tensor;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static ValueInfoProto value(Tensor tensor) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (Dimension dimension : tensor.dimensions()) {
      TensorShapeProto.Dimension.Builder one = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(
          dimension.varies()
              ? one.setDimParam(dimension.name())
              : one.setDimValue(dimension.size()));
    }
    int type =
        switch (tensor.element()) {
          case INT32 -> TensorProto.DataType.INT32_VALUE;
          case INT64 -> TensorProto.DataType.INT64_VALUE;
          case FLOAT16 -> TensorProto.DataType.FLOAT16_VALUE;
          case FLOAT32 -> TensorProto.DataType.FLOAT_VALUE;
          case OTHER -> TensorProto.DataType.UNDEFINED_VALUE;
        };
    return ValueInfoProto.newBuilder()
        .setName(tensor.name())
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }
}
