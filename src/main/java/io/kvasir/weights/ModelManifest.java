package io.kvasir.weights;

import io.kvasir.core.AttentionLayer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model folder says of the decoder in it. {@link ManifestFile} reads and writes it.
 *
 * @param label what people know of it
 * @param origin what it was made of, and how
 * @param heads of every layer
 * @param sizes of everything else that is seen from outside
 * @param layers how each layer attends, the first one first
 * @param dialogue how it is talked to
 */
public record ModelManifest(
    Label label,
    Origin origin,
    Heads heads,
    Sizes sizes,
    List<AttentionLayer> layers,
    Dialogue dialogue) {
  /** The longest chat template; published ones reach some 20,000 characters. */
  public static final int MAX_TEMPLATE_CHARACTERS = 1 << 16;

  /** Copies the list. */
  public ModelManifest {
    layers = List.copyOf(layers);
  }

  /**
   * What people know of a decoder.
   *
   * @param name as in the catalogue
   * @param languages BCP 47 codes
   * @param licence SPDX identifier; null if unknown
   */
  public record Label(String name, List<String> languages, @Nullable String licence) {
    /** Copies the list. */
    public Label {
      languages = List.copyOf(languages);
    }
  }

  /**
   * What a decoder was made of.
   *
   * @param architecture of the source, for example {@code llama}
   * @param checksum SHA-256 of the source weights, hexadecimal
   * @param exporter version of the exporter that wrote the folder
   * @param format of the weights, for example {@code int8-block32}, and of attention unless that is
   *     float32: {@code int8-block32, float16 attention}
   */
  public record Origin(String architecture, String checksum, String exporter, String format) {}

  /**
   * The heads of a layer.
   *
   * @param query how many ask
   * @param keyValue how many keys and values they ask, a divisor of {@code query}
   * @param size dimensions of a head
   */
  public record Heads(int query, int keyValue, int size) {
    /** Queries, keys and values of a position, one behind the other. */
    public int width() {
      return (query + 2 * keyValue) * size;
    }
  }

  /**
   * Sizes that a decoder shows.
   *
   * @param hidden width of the residual stream
   * @param vocabulary number of tokens
   * @param context the most positions
   */
  public record Sizes(int hidden, int vocabulary, int context) {}

  /**
   * How a decoder is talked to.
   *
   * @param bosToken a token every prompt begins with, null if there is none
   * @param eosTokens tokens that end a turn
   * @param chatTemplate Jinja source, rendered with {@code messages} and {@code
   *     add_generation_prompt}
   */
  public record Dialogue(@Nullable Integer bosToken, List<Integer> eosTokens, String chatTemplate) {
    /** Copies the list. */
    public Dialogue {
      eosTokens = List.copyOf(eosTokens);
    }
  }

  /** As in the catalogue. */
  public String name() {
    return label.name();
  }
}
