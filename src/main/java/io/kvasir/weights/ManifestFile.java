package io.kvasir.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.AttentionLayer;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json} of a model folder, beside {@code model.onnx}, its external data and {@code
 * tokenizer.json}. It is written in the oldest version that can say what is to be said, so that a
 * folder is used by as many versions of Kvasir as possible.
 */
public final class ManifestFile {
  private static final String NAME = "manifest.json";

  /** One {@code ropeBase} for all layers, which see everything in the usual scale. */
  private static final int ALIKE = 1;

  /** In its place {@code attention}: base, window and scale of each layer. */
  private static final int BY_LAYER = 2;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;
  private final JsonNode tree;

  private ManifestFile(Path folder, JsonNode tree) {
    this.folder = folder;
    this.tree = tree;
  }

  /**
   * Reads the manifest of a folder. Blocks.
   *
   * @throws ProblemException INVALID if there is none, or if this version cannot read it
   */
  public static ModelManifest read(Path folder) {
    try {
      return new ManifestFile(folder, JSON.readTree(Files.readAllBytes(folder.resolve(NAME))))
          .manifest();
    } catch (IOException e) {
      throw new ProblemException(
          Kind.INVALID,
          "%s of %s cannot be read: %s; delete the model folder, it is exported again"
              .formatted(NAME, folder.getFileName(), Reason.of(e)),
          String.valueOf(e.getMessage()),
          e);
    }
  }

  /** Writes the manifest of a folder. Blocks. */
  public static void write(ModelManifest manifest, Path folder) throws IOException {
    Files.write(folder.resolve(NAME), JSON.writeValueAsBytes(tree(manifest)));
  }

  private ModelManifest manifest() {
    int version = whole("version", 0);
    if (version != ALIKE && version != BY_LAYER) {
      throw wrong(
          "is of version %d; this Kvasir reads %d and %d".formatted(version, ALIKE, BY_LAYER));
    }
    ModelManifest.Heads heads =
        new ModelManifest.Heads(whole("heads", 1), whole("kvHeads", 1), whole("headSize", 1));
    return new ModelManifest(
        new ModelManifest.Label(
            text("name"), list("languages", JsonNode::isTextual, JsonNode::asText), licence()),
        new ModelManifest.Origin(
            text("architecture"), text("sourceChecksum"), text("exporter"), text("format")),
        heads,
        new ModelManifest.Sizes(whole("hidden", 1), whole("vocabulary", 1), whole("context", 1)),
        version == ALIKE
            ? AttentionLayer.alike(whole("layers", 1), number(tree, "ropeBase"), heads.size())
            : layers(whole("layers", 1)),
        new ModelManifest.Dialogue(
            tree.hasNonNull("bosToken") ? whole("bosToken", 0) : null,
            list("eosTokens", JsonNode::isInt, JsonNode::asInt),
            text("chatTemplate")));
  }

  private List<AttentionLayer> layers(int count) {
    List<AttentionLayer> layers =
        list(
            "attention",
            JsonNode::isObject,
            layer ->
                new AttentionLayer(
                    number(layer, "ropeBase"), whole(layer, "window", 0), number(layer, "scale")));
    if (layers.size() != count) {
      throw wrong("says how %d layers attend, of %d".formatted(layers.size(), count));
    }
    return layers;
  }

  private @Nullable String licence() {
    return tree.hasNonNull("licence") ? text("licence") : null;
  }

  private String text(String name) {
    if (!tree.path(name).isTextual()) {
      throw wrong("has no text " + name);
    }
    return tree.path(name).asText();
  }

  private int whole(String name, int least) {
    return whole(tree, name, least);
  }

  private int whole(JsonNode of, String name, int least) {
    JsonNode value = of.path(name);
    if (!value.isInt() || value.asInt() < least) {
      throw wrong("has no whole number %s from %d on".formatted(name, least));
    }
    return value.asInt();
  }

  private double number(JsonNode of, String name) {
    if (!(of.path(name).asDouble() > 0)) {
      throw wrong("has no number %s above 0".formatted(name));
    }
    return of.path(name).asDouble();
  }

  private <T> List<T> list(String name, Predicate<JsonNode> kind, Function<JsonNode, T> value) {
    List<T> values = new ArrayList<>();
    if (!tree.path(name).isArray()) {
      throw wrong("has no list " + name);
    }
    for (JsonNode each : tree.path(name)) {
      if (!kind.test(each)) {
        throw wrong("has %s in its list %s".formatted(each, name));
      }
      values.add(value.apply(each));
    }
    return values;
  }

  private ProblemException wrong(String what) {
    return new ProblemException(
        Kind.INVALID,
        "%s of %s %s; delete the model folder, it is exported again"
            .formatted(NAME, folder.getFileName(), what));
  }

  private static ObjectNode tree(ModelManifest manifest) {
    int headSize = manifest.heads().size();
    AttentionLayer first = manifest.layers().get(0);
    int count = manifest.layers().size();
    boolean alike =
        manifest.layers().equals(AttentionLayer.alike(count, first.ropeBase(), headSize));
    ObjectNode tree =
        JSON.createObjectNode()
            .put("version", alike ? ALIKE : BY_LAYER)
            .put("name", manifest.name())
            .put("architecture", manifest.origin().architecture())
            .put("sourceChecksum", manifest.origin().checksum())
            .put("exporter", manifest.origin().exporter())
            .put("format", manifest.origin().format())
            .put("layers", count)
            .put("heads", manifest.heads().query())
            .put("kvHeads", manifest.heads().keyValue())
            .put("headSize", headSize)
            .put("hidden", manifest.sizes().hidden())
            .put("vocabulary", manifest.sizes().vocabulary())
            .put("context", manifest.sizes().context());
    if (alike) {
      tree.put("ropeBase", first.ropeBase());
    } else {
      ArrayNode layers = tree.putArray("attention");
      for (AttentionLayer layer : manifest.layers()) {
        layers
            .addObject()
            .put("ropeBase", layer.ropeBase())
            .put("window", layer.window())
            .put("scale", layer.scale());
      }
    }
    tree.put("bosToken", manifest.dialogue().bosToken());
    manifest.dialogue().eosTokens().forEach(tree.putArray("eosTokens")::add);
    tree.put("chatTemplate", manifest.dialogue().chatTemplate());
    manifest.label().languages().forEach(tree.putArray("languages")::add);
    return tree.put("licence", manifest.label().licence());
  }
}
