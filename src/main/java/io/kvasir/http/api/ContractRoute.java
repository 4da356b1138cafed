package io.kvasir.http.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;

/** {@code /api/openapi.yaml}: the contract of Kvasir's own API, as this server keeps it. */
public final class ContractRoute {
  static final String RESOURCE = "openapi.yaml";

  private final Buffer contract;

  private ContractRoute(Buffer contract) {
    this.contract = contract;
  }

  /** Reads the contract from the class path. */
  public static ContractRoute load() {
    try (InputStream stream = ContractRoute.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException(RESOURCE + " is not in the build");
      }
      return new ContractRoute(Buffer.buffer(stream.readAllBytes()));
    } catch (IOException failure) {
      throw new IllegalStateException("cannot read " + RESOURCE, failure);
    }
  }

  /** Adds the route. */
  public void mount(Router router) {
    router
        .get("/api/openapi.yaml")
        .handler(
            context ->
                context
                    .response()
                    .putHeader("content-type", "application/yaml; charset=utf-8")
                    .end(contract));
  }
}
