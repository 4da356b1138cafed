package io.kvasir.server;

import io.kvasir.config.Settings;
import io.kvasir.core.ProblemException;
import io.kvasir.keys.KeyLimits;
import io.kvasir.keys.KeyRing;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresKeys;
import io.vertx.core.Future;
import java.util.Optional;

/** Which keys a server accepts, and that one open to a network does not start without any. */
final class AcceptedKeys {
  private AcceptedKeys() {}

  /**
   * Reads the keys.
   *
   * @return nothing if requests need none; fails with INVALID if they need one and there is none
   */
  static Future<Optional<KeyRing>> read(Database database, Settings settings) {
    Settings.Keys wanted = settings.keys();
    String host = settings.http().host();
    if (!wanted.requiredAt(host)) {
      return Future.succeededFuture(Optional.empty());
    }
    KeyRing ring =
        new KeyRing(
            new PostgresKeys(database),
            wanted.key(),
            new KeyLimits(wanted.requestsPerMinute(), wanted.tokensPerMinute()));
    return Future.fromCompletionStage(ring.refresh())
        .compose(
            read ->
                ring.isEmpty()
                    ? Future.failedFuture(none(host))
                    : Future.succeededFuture(Optional.of(ring)));
  }

  private static ProblemException none(String host) {
    return new ProblemException(
        ProblemException.Kind.INVALID,
        ("requests to a server that listens on %s need an API key, and there is none: make one with"
                + " ./kvasir keys create NAME, or set http.key; to let everybody in, set"
                + " http.keys=none")
            .formatted(host));
  }
}
