package io.kvasir.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.AnswerDefaults;
import io.kvasir.encode.EncoderModel;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A catalogue has models of several kinds, some perhaps of kinds that are not known yet. */
final class CatalogueTest {
  @Test
  void aKindThatIsNotKnownIsLeftOut() throws IOException {
    String written =
        """
        {"models": [
          {"kind": "translator", "name": "opus-mt-de-en", "pairs": ["de-en"]},
          {"kind": "encoder", "name": "e", "languages": ["de"], "dimensions": 3, "maxTokens": 8,
            "graph": "/g", "tokenizer": "/t", "pooling": "first", "lowerCase": true,
            "questionPrefix": "q: ", "relevantCosine": 0.5}
        ]}
        """;
    Catalogue catalogue = Catalogue.of(new ObjectMapper().readTree(written).get("models"));
    assertThat(catalogue.decoders()).isEmpty();
    assertThat(catalogue.encoders())
        .extracting(EncoderModel::questionPrefix)
        .containsExactly("q: ");
  }

  @Test
  void aDecoderAnswersAsItWasMeasuredAndOneThatWasNotSafely() {
    Catalogue catalogue = Catalogue.shipped();
    assertThat(catalogue.decoders())
        .allSatisfy(decoder -> assertThat(catalogue.answers()).containsKey(decoder.name()));
    assertThat(catalogue.answers("somebody's own")).isEqualTo(AnswerDefaults.SAFE);
  }

  @Test
  void everyLanguageHasAnEncoder() {
    Catalogue catalogue = Catalogue.shipped();
    assertThat(catalogue.encoder("zh-Hant").description().name()).isEqualTo("bge-small-zh-v1.5");
    assertThat(catalogue.encoder("en").description().name()).isEqualTo("all-MiniLM-L6-v2");
    assertThat(catalogue.encoders())
        .extracting(model -> model.description().name())
        .contains("bge-small-en-v1.5");
    assertThat(catalogue.encoder("tlh")).isEqualTo(catalogue.encoders().get(0));
  }
}
