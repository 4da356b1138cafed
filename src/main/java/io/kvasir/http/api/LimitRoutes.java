package io.kvasir.http.api;

import io.kvasir.contrast.ContrastLimits;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.core.AnswerStyle;
import io.kvasir.encode.Encoder;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.http.exchange.Query;
import io.kvasir.http.exchange.Replies;
import io.kvasir.ingest.format.DocumentReader;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code /api/limits}: what may be asked for and what is read, so that a page offers just that. */
public final class LimitRoutes {
  /**
   * What a question gets that does not say, and the most it may say.
   *
   * @param standard without a wish
   * @param most at the most; for budgets the decoder's context may allow less
   */
  record Range(int standard, int most) {}

  /**
   * A sort of file that documents are made of.
   *
   * @param mediaType of its documents
   * @param extensions of its files, without a full stop, the usual one first
   */
  record Format(String mediaType, List<String> extensions) {}

  /**
   * What collections can be encoded with.
   *
   * @param name of the encoder
   * @param languages BCP 47 codes it was trained for
   */
  record EncoderChoice(String name, List<String> languages) {}

  /**
   * The limits of questions, of looking into answers, and of documents.
   *
   * @param questionCharacters the longest question
   * @param style how much an answer says where a question does not say
   * @param maxTokens tokens of an answer
   * @param passages passages of the rag path
   * @param budget tokens that passages may take in a prompt
   * @param attentionNumbers the most numbers of single positions that are given at once
   * @param documentFormats the sorts of files that can be read
   * @param encoders what passages can be encoded with
   */
  record Limits(
      int questionCharacters,
      AnswerStyle style,
      Range maxTokens,
      Range passages,
      Range budget,
      int attentionNumbers,
      List<Format> documentFormats,
      List<EncoderChoice> encoders) {}

  private final Limits limits;

  /** Routes over what they answer from; nothing is open before {@code mount}. */
  public LimitRoutes(HttpPorts ports, HttpOptions options) {
    ContrastLimits contrast = ports.contrasts().limits();
    this.limits =
        new Limits(
            contrast.questionCharacters(),
            contrast.style(),
            new Range(options.sampling().maxTokens(), contrast.maxTokens()),
            new Range(contrast.over(AnswerDefaults.SAFE).passages(), contrast.maxK()),
            new Range(contrast.budget(), ContrastFields.BUDGET_TOKENS),
            ports.evidence().limits().positions(),
            DocumentReader.extensions().entrySet().stream()
                .map(format -> new Format(format.getKey(), format.getValue()))
                .toList(),
            ports.encoders().stream()
                .map(Encoder::description)
                .map(encoder -> new EncoderChoice(encoder.name(), encoder.languages()))
                .toList());
  }

  /** Adds the route. */
  public void mount(Router router) {
    router.get("/api/limits").handler(this::limits);
  }

  private void limits(RoutingContext context) {
    Query.of(context);
    Replies.json(context, 200, limits);
  }
}
