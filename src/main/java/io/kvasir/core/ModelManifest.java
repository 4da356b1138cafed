package io.kvasir.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model folder says of the decoder in it: {@code manifest.json} beside {@code model.onnx},
 * its external data and {@code tokenizer.json}.
 *
 * @param version of this format
 * @param name as in the catalogue
 * @param architecture {@code llama} or {@code qwen2}
 * @param sourceChecksum SHA-256 of the source weights, hexadecimal
 * @param exporter version of the exporter that wrote the folder
 * @param format of the weights, for example {@code int8-block32}, and of attention unless that is
 *     float32: {@code int8-block32, float16 attention}
 * @param layers number of layers
 * @param heads query heads of a layer
 * @param kvHeads key and value heads of a layer
 * @param headSize dimensions of a head
 * @param hidden width of the residual stream
 * @param vocabulary number of tokens
 * @param context the most positions
 * @param ropeBase base of the rotary position embedding
 * @param bosToken a token every prompt begins with, null if there is none
 * @param eosTokens tokens that end a turn
 * @param chatTemplate Jinja source, rendered with {@code messages} and {@code
 *     add_generation_prompt}
 * @param languages BCP 47 codes
 * @param licence SPDX identifier; null if unknown
 */
public record ModelManifest(
    int version,
    String name,
    String architecture,
    String sourceChecksum,
    String exporter,
    String format,
    int layers,
    int heads,
    int kvHeads,
    int headSize,
    int hidden,
    int vocabulary,
    int context,
    double ropeBase,
    @Nullable Integer bosToken,
    List<Integer> eosTokens,
    String chatTemplate,
    List<String> languages,
    @Nullable String licence) {
  /** The version this code reads and writes. */
  public static final int VERSION = 1;

  /** The longest chat template; published ones reach some 20,000 characters. */
  public static final int MAX_TEMPLATE_CHARACTERS = 1 << 16;
}
