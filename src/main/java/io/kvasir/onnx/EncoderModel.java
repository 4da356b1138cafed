package io.kvasir.onnx;

import io.kvasir.encode.Encoder;
import io.kvasir.encode.Pooling;
import java.util.List;

/**
 * An encoder that comes with the product, as resources of a library.
 *
 * @param description its name, dimensions, limit and languages
 * @param model resource with the ONNX graph
 * @param tokenizer resource with the Hugging Face tokenizer
 * @param pooling how tokens become a vector
 * @param lowerCase whether texts are lower-cased before the tokenizer, which does not
 * @param questionPrefix what its training put before every question
 */
public record EncoderModel(
    Encoder.Description description,
    String model,
    String tokenizer,
    Pooling pooling,
    boolean lowerCase,
    String questionPrefix) {
  /** For English; Apache-2.0. */
  public static final EncoderModel ALL_MINILM_L6_V2 =
      new EncoderModel(
          new Encoder.Description("all-MiniLM-L6-v2", 384, 256, List.of("en")),
          "/all-minilm-l6-v2-q.onnx",
          "/all-minilm-l6-v2-q-tokenizer.json",
          Pooling.MEAN,
          false,
          "");

  /** For Chinese; MIT. */
  public static final EncoderModel BGE_SMALL_ZH =
      new EncoderModel(
          new Encoder.Description("bge-small-zh-v1.5", 512, 512, List.of("zh")),
          "/bge-small-zh-v1.5-q.onnx",
          "/bge-small-zh-v1.5-q-tokenizer.json",
          Pooling.FIRST,
          true,
          "为这个句子生成表示以用于检索相关文章：");

  /** All of them; the first one takes languages that none was trained for. */
  public static final List<EncoderModel> ALL = List.of(ALL_MINILM_L6_V2, BGE_SMALL_ZH);
}
