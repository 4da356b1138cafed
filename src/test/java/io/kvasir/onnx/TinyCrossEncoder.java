package io.kvasir.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.OperatorSetIdProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto;
import onnx.Onnx.TypeProto;
import onnx.Onnx.ValueInfoProto;

/**
 * A cross-encoder of nine words: each has a weight, a word of the passage counts twice, padding
 * nothing, and the score is their sum.
 */
public final class TinyCrossEncoder {
  private static final List<String> WORDS =
      List.of("[PAD]", "[CLS]", "[SEP]", "red", "fish", "blue", "the", "in", "sea");
  private static final float[] WEIGHTS = {9, 0.5f, 0.25f, 1, 2, -1, 0.125f, 0.0625f, 3};

  private TinyCrossEncoder() {}

  /** Writes graph and tokenizer. */
  public static void write(Path folder) throws IOException {
    Files.write(folder.resolve("model.onnx"), graph().toByteArray());
    StringBuilder words = new StringBuilder();
    for (String word : WORDS) {
      words
          .append(words.isEmpty() ? "" : ",")
          .append("\"%s\":%d".formatted(word, WORDS.indexOf(word)));
    }
    Files.writeString(
        folder.resolve("tokenizer.json"),
        """
        {"version":"1.0","truncation":null,"padding":null,
         "added_tokens":[
           {"id":1,"content":"[CLS]","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},
           {"id":2,"content":"[SEP]","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}],
         "normalizer":null,
         "pre_tokenizer":{"type":"BertPreTokenizer"},
         "post_processor":{"type":"BertProcessing","sep":["[SEP]",2],"cls":["[CLS]",1]},
         "decoder":null,
         "model":{"type":"WordPiece","unk_token":"[PAD]","continuing_subword_prefix":"##",
                  "max_input_chars_per_word":100,"vocab":{%s}}}
        """
            .formatted(words));
  }

  private static ModelProto graph() {
    TensorProto.Builder weights =
        TensorProto.newBuilder()
            .setName("weights")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(WEIGHTS.length);
    for (float weight : WEIGHTS) {
      weights.addFloatData(weight);
    }
    TensorProto axes =
        TensorProto.newBuilder()
            .setName("tokens")
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(1)
            .addInt64Data(1)
            .build();
    GraphProto graph =
        GraphProto.newBuilder()
            .setName("cross-encoder")
            .addInitializer(weights)
            .addInitializer(axes)
            .addInput(value("input_ids", TensorProto.DataType.INT64_VALUE, "tokens_"))
            .addInput(value("attention_mask", TensorProto.DataType.INT64_VALUE, "tokens_"))
            .addInput(value("token_type_ids", TensorProto.DataType.INT64_VALUE, "tokens_"))
            .addOutput(value("logits", TensorProto.DataType.FLOAT_VALUE, ""))
            .addNode(node("Gather", "weight", "weights", "input_ids"))
            .addNode(toFloat("counts", "attention_mask"))
            .addNode(toFloat("passage", "token_type_ids"))
            .addNode(node("Mul", "counted", "weight", "counts"))
            .addNode(node("Mul", "again", "counted", "passage"))
            .addNode(node("Add", "each", "counted", "again"))
            .addNode(node("ReduceSum", "logits", "each", "tokens"))
            .build();
    return ModelProto.newBuilder()
        .setIrVersion(8)
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
        .setGraph(graph)
        .build();
  }

  private static NodeProto.Builder node(String type, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(type)
        .setName(output)
        .addAllInput(List.of(inputs))
        .addOutput(output);
  }

  private static NodeProto.Builder toFloat(String output, String input) {
    return node("Cast", output, input)
        .addAttribute(
            AttributeProto.newBuilder()
                .setName("to")
                .setType(AttributeProto.AttributeType.INT)
                .setI(TensorProto.DataType.FLOAT_VALUE));
  }

  /** Of one number a text where there are no tokens. */
  private static ValueInfoProto value(String name, int type, String tokens) {
    TensorShapeProto.Dimension.Builder second = TensorShapeProto.Dimension.newBuilder();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(type)
                        .setShape(
                            TensorShapeProto.newBuilder()
                                .addDim(
                                    TensorShapeProto.Dimension.newBuilder().setDimParam("texts"))
                                .addDim(
                                    tokens.isEmpty()
                                        ? second.setDimValue(1)
                                        : second.setDimParam(tokens)))))
        .build();
  }
}
