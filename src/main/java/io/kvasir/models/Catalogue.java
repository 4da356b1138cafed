package io.kvasir.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The decoders that Kvasir knows where to fetch.
 *
 * @param models in the order in which they are shown
 */
public record Catalogue(List<CatalogueEntry> models) {
  private static final String RESOURCE = "/models/catalogue.json";

  /** Copies the list. */
  public Catalogue {
    models = List.copyOf(models);
  }

  /** The catalogue that comes with this version. */
  public static Catalogue shipped() {
    try (InputStream in = Catalogue.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new ProblemException(
            Kind.INTERNAL, "This build of Kvasir lacks " + RESOURCE + "; build it again.");
      }
      return new ObjectMapper().readValue(in, Catalogue.class);
    } catch (IOException e) {
      throw new ProblemException(Kind.INTERNAL, "The catalogue of models cannot be read.", e);
    }
  }
}
