package io.kvasir.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import io.kvasir.attend.CachedRows;
import io.kvasir.attend.MassProbe;
import io.kvasir.core.AttentionLayer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;
import org.junit.jupiter.api.Test;

/** The probe gives what ONNX Runtime's own kernel says it attends to. */
final class AttentionOracleTest {
  private static final int HEADS = 6;
  private static final int KV_HEADS = 2;
  private static final int SIZE = 32;
  private static final int WIDTH = (HEADS + 2 * KV_HEADS) * SIZE;
  private static final int LENGTH = 90;
  private static final double BASE = 10_000;

  /** GroupQueryAttention's value for "give the scores after softmax". */
  private static final int AFTER_SOFTMAX = 2;

  @Test
  void equalsTheSoftmaxOfTheKernel() throws Exception {
    Random random = new Random(8);
    float[] packed = new float[LENGTH * WIDTH];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (float) random.nextGaussian();
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    Map<String, OnnxTensor> inputs = new HashMap<>();
    long[] empty = {1, KV_HEADS, 0, SIZE};
    inputs.put("qkv", tensor(environment, packed, 1, LENGTH, WIDTH));
    inputs.put("past_key", OnnxTensor.createTensor(environment, FloatBuffer.allocate(0), empty));
    inputs.put("past_value", OnnxTensor.createTensor(environment, FloatBuffer.allocate(0), empty));
    inputs.put(
        "lengths",
        OnnxTensor.createTensor(
            environment, IntBuffer.wrap(new int[] {LENGTH - 1}), new long[] {1}));
    inputs.put(
        "total",
        OnnxTensor.createTensor(environment, IntBuffer.wrap(new int[] {LENGTH}), new long[0]));
    try (OrtSession session = environment.createSession(graph().toByteArray());
        OrtSession.Result result = session.run(inputs)) {
      float[] keys = floats(result, "present_key");
      float[] scores = floats(result, "scores");
      double[] expected = new double[LENGTH];
      for (int head = 0; head < HEADS; head++) {
        for (int j = 0; j < LENGTH; j++) {
          expected[j] += scores[(head * LENGTH + LENGTH - 1) * LENGTH + j] / (double) HEADS;
        }
      }
      assertThat(Arrays.stream(expected).sum()).isCloseTo(1, within(1e-5));
      int[] everyToken = new int[LENGTH];
      Arrays.fill(everyToken, 1);
      MassProbe probe =
          new MassProbe(
              new MassProbe.Geometry(HEADS, KV_HEADS, SIZE, AttentionLayer.alike(1, BASE, SIZE)),
              new int[] {0},
              everyToken,
              LENGTH);
      int last = (LENGTH - 1) * WIDTH;
      float[] queries = Arrays.copyOfRange(packed, last, last + HEADS * SIZE);
      CachedRows rows =
          (head, position, target) ->
              System.arraycopy(keys, (head * LENGTH + position) * SIZE, target, 0, SIZE);
      probe.observe(0, rows, queries, LENGTH);
      float[] masses = probe.masses();
      for (int j = 0; j < LENGTH; j++) {
        assertThat((double) masses[j]).isCloseTo(expected[j], within(1e-5));
      }
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static float[] floats(OrtSession.Result result, String name) {
    FloatBuffer buffer = ((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private static OnnxTensor tensor(OrtEnvironment environment, float[] values, long... shape)
      throws Exception {
    return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
  }

  private static ModelProto graph() {
    float[] cos = new float[LENGTH * SIZE / 2];
    float[] sin = new float[LENGTH * SIZE / 2];
    for (int i = 0; i < cos.length; i++) {
      int position = i / (SIZE / 2);
      double angle = position / Math.pow(BASE, 2.0 * (i % (SIZE / 2)) / SIZE);
      cos[i] = (float) Math.cos(angle);
      sin[i] = (float) Math.sin(angle);
    }
    NodeProto attention =
        NodeProto.newBuilder()
            .setOpType("GroupQueryAttention")
            .setDomain("com.microsoft")
            .addAllInput(
                Arrays.asList(
                    "qkv", "", "", "past_key", "past_value", "lengths", "total", "cos", "sin"))
            .addAllOutput(Arrays.asList("out", "present_key", "present_value", "scores"))
            .addAttribute(number("num_heads", HEADS))
            .addAttribute(number("kv_num_heads", KV_HEADS))
            .addAttribute(number("do_rotary", 1))
            .addAttribute(number("qk_output", AFTER_SOFTMAX))
            .build();
    int floats = TensorProto.DataType.FLOAT_VALUE;
    int ints = TensorProto.DataType.INT32_VALUE;
    GraphProto.Builder graph =
        GraphProto.newBuilder()
            .setName("attention")
            .addNode(attention)
            .addInitializer(table("cos", cos))
            .addInitializer(table("sin", sin))
            .addInput(value("qkv", floats, 1, LENGTH, WIDTH))
            .addInput(value("past_key", floats, 1, KV_HEADS, 0, SIZE))
            .addInput(value("past_value", floats, 1, KV_HEADS, 0, SIZE))
            .addInput(value("lengths", ints, 1))
            .addInput(value("total", ints))
            .addOutput(value("out", floats, 1, LENGTH, HEADS * SIZE))
            .addOutput(value("present_key", floats, 1, KV_HEADS, LENGTH, SIZE))
            .addOutput(value("present_value", floats, 1, KV_HEADS, LENGTH, SIZE))
            .addOutput(value("scores", floats, 1, HEADS, LENGTH, LENGTH));
    return ModelProto.newBuilder()
        .setIrVersion(10)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(21))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
        .setGraph(graph)
        .build();
  }

  private static AttributeProto number(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static TensorProto table(String name, float[] values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(LENGTH)
            .addDims(SIZE / 2);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static ValueInfoProto value(String name, int type, long... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long dimension : dimensions) {
      shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
        .build();
  }
}
