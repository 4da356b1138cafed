package io.kvasir.postgres;

import io.kvasir.core.ProblemException;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Function;

/** The identifiers of what is kept by one: what is none is as absent as what was deleted. */
final class Identifier {
  private Identifier() {}

  /**
   * An identifier as the database knows it.
   *
   * @param gone what is said where nothing has it
   */
  static Future<UUID> of(String id, Function<String, ProblemException> gone) {
    try {
      return Future.succeededFuture(UUID.fromString(id));
    } catch (IllegalArgumentException e) {
      return Future.failedFuture(gone.apply(id));
    }
  }
}
