package io.kvasir.postgres;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kvasir.core.ProblemException;
import io.kvasir.core.Workspace;
import io.kvasir.keys.ApiKey;
import io.kvasir.keys.KeyLimits;
import io.kvasir.keys.KeyRing;
import io.kvasir.keys.KeySecret;
import io.kvasir.keys.KeyStore;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys are kept as hashes, found by what their owner sends, and gone when they are revoked. */
@ExtendWith(PostgresExtension.class)
final class PostgresKeysTest {
  @BeforeEach
  void noKeys(Database database) {
    await(database.query("DELETE FROM api_keys", Tuple.tuple()));
  }

  @Test
  void aKeyIsKeptAsItsHashAlone(Database database) {
    PostgresKeys keys = new PostgresKeys(database);
    String secret = KeySecret.create();
    ApiKey key =
        new ApiKey(
            Workspace.ONLY,
            "laptop",
            KeySecret.hash(secret),
            Instant.parse("2026-03-01T12:00:00.123456Z"),
            new KeyLimits(7, 0));
    result(keys.add(key));

    assertThat(result(keys.list(Workspace.ONLY))).containsExactly(key);
    assertThat(
            await(database.query("SELECT api_keys::text FROM api_keys", Tuple.tuple()))
                .iterator()
                .next()
                .getString(0))
        .doesNotContain(secret);
    KeyRing ring = new KeyRing(keys, Optional.empty(), new KeyLimits(0, 0));
    result(ring.refresh());
    assertThat(ring.holder(secret)).map(KeyRing.Holder::name).contains("laptop");
    assertThat(ring.holder(secret + "x")).isEmpty();
    assertThat(ring.holder(key.hash())).as("the hash is no key").isEmpty();
    refused(keys.add(key), ProblemException.Kind.CONFLICT);

    result(keys.revoke(Workspace.ONLY, "laptop"));

    result(ring.refresh());
    assertThat(ring.holder(secret)).isEmpty();
    refused(keys.revoke(Workspace.ONLY, "laptop"), ProblemException.Kind.NOT_FOUND);
  }

  @Test
  void aWorkspaceFullOfKeysLeavesRoomInTheOthers(Database database) {
    PostgresKeys keys = new PostgresKeys(database);
    await(
        database.query(
            """
            INSERT INTO api_keys (name, hash, created_at, requests_per_minute, tokens_per_minute, workspace)
            SELECT 'k' || n, 'h' || n, now(), 0, 0, 'full' FROM generate_series(1, $1) n""",
            Tuple.of(KeyStore.MOST_KEYS)));

    refused(keys.add(key(new Workspace("full"), "more")), ProblemException.Kind.CONFLICT);
    result(keys.add(key(Workspace.ONLY, "more")));

    assertThat(result(keys.list(Workspace.ONLY))).extracting(ApiKey::name).containsExactly("more");
  }

  private static ApiKey key(Workspace workspace, String name) {
    return new ApiKey(
        workspace,
        name,
        KeySecret.hash(KeySecret.create()),
        Instant.parse("2026-03-01T12:00:00Z"),
        new KeyLimits(0, 0));
  }

  private static void refused(CompletionStage<?> stage, ProblemException.Kind kind) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> result(stage))
        .returns(kind, ProblemException::kind);
  }

  private static <T> T result(CompletionStage<T> stage) {
    return await(Future.fromCompletionStage(stage));
  }
}
