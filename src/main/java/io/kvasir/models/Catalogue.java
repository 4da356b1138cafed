package io.kvasir.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.EncoderModel;
import io.kvasir.encode.Pooling;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The models that Kvasir knows by name, of each kind that this version can use.
 *
 * @param decoders where to fetch them, in the order in which they are shown
 * @param answers what decoders answer best with, by their names, where that was measured
 * @param encoders that come with it; the first one takes languages that none was trained for
 */
public record Catalogue(
    List<CatalogueEntry> decoders,
    Map<String, AnswerDefaults> answers,
    List<EncoderModel> encoders) {
  private static final System.Logger LOG = System.getLogger(Catalogue.class.getName());
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS).build();
  private static final String RESOURCE = "/models/catalogue.json";
  private static final String KIND = "kind";
  private static final String DECODER = "decoder";
  private static final String ANSWERS = "answers";

  /** Copies what it is made of. */
  public Catalogue {
    decoders = List.copyOf(decoders);
    answers = Map.copyOf(answers);
    encoders = List.copyOf(encoders);
  }

  /** The catalogue that comes with this version. */
  public static Catalogue shipped() {
    try (InputStream in = Catalogue.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new ProblemException(
            Kind.INTERNAL, "This build of Kvasir lacks " + RESOURCE + "; build it again.");
      }
      return of(JSON.readTree(in).required("models"));
    } catch (IOException | IllegalArgumentException e) {
      throw new ProblemException(Kind.INTERNAL, "The catalogue of models cannot be read.", e);
    }
  }

  /**
   * A catalogue of models as they are written. One that does not say its kind is a decoder, as all
   * once were; one of a kind that this version does not know is left out.
   */
  static Catalogue of(Iterable<JsonNode> models) throws IOException {
    List<CatalogueEntry> decoders = new ArrayList<>();
    Map<String, AnswerDefaults> answers = new HashMap<>();
    List<EncoderModel> encoders = new ArrayList<>();
    for (JsonNode model : models) {
      String kind = model.path(KIND).asText(DECODER);
      switch (kind) {
        case DECODER -> {
          CatalogueEntry entry = decoder(model);
          decoders.add(entry);
          if (model.has(ANSWERS)) {
            answers.put(entry.name(), JSON.treeToValue(model.get(ANSWERS), AnswerDefaults.class));
          }
        }
        case "encoder" -> encoders.add(encoder(model));
        default ->
            LOG.log(
                System.Logger.Level.WARNING,
                "the model {0} is of the kind \"{1}\", which this version of Kvasir does not know; it is left out",
                model.path("name").asText(),
                kind);
      }
    }
    return new Catalogue(decoders, answers, encoders);
  }

  private static CatalogueEntry decoder(JsonNode model) throws IOException {
    return JSON.treeToValue(
        ((ObjectNode) model).deepCopy().without(List.of(KIND, ANSWERS)), CatalogueEntry.class);
  }

  private static EncoderModel encoder(JsonNode model) {
    List<String> languages = new ArrayList<>();
    model.required("languages").forEach(language -> languages.add(language.asText()));
    return new EncoderModel(
        new Encoder.Description(
            model.required("name").asText(),
            model.required("dimensions").asInt(),
            model.required("maxTokens").asInt(),
            List.copyOf(languages),
            model.required("relevantCosine").asDouble()),
        model.required("graph").asText(),
        model.required("tokenizer").asText(),
        Pooling.valueOf(model.required("pooling").asText().toUpperCase(Locale.ROOT)),
        model.required("lowerCase").asBoolean(),
        model.required("questionPrefix").asText());
  }

  /** What the decoder of a name answers best with. */
  public AnswerDefaults answers(String decoder) {
    return answers.getOrDefault(decoder, AnswerDefaults.SAFE);
  }

  /**
   * The encoder for a language, or the first one if none was trained for it.
   *
   * @param language BCP 47; only the part before the first hyphen counts
   */
  public EncoderModel encoder(String language) {
    return encoders.stream()
        .filter(model -> model.description().speaks(language))
        .findFirst()
        .orElse(encoders.get(0));
  }
}
