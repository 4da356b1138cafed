package io.kvasir.postgres;

import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.config.Settings;
import io.kvasir.core.ProblemException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where PostgreSQL is, and what is kept in it.
 *
 * @param url {@code postgresql://user:password@host:port/database}; empty if nobody named one
 * @param replicaUrl where passages are searched, in the same form; empty for there
 * @param poolSize connections, to each of them
 * @param keepOriginals whether the files of documents are kept
 */
public record DatabaseOptions(
    Optional<String> url, Optional<String> replicaUrl, int poolSize, boolean keepOriginals) {
  private static final Pattern FORM = Pattern.compile("|postgres(ql)?://\\S+");
  private static final String RANGE = "postgresql://user:password@host:port/database";

  private static final Setting<String> URL =
      Setting.secret(
          "database.url", FORM, RANGE, "The PostgreSQL to use; the launcher fills in its own.");

  private static final Setting<String> REPLICA_URL =
      Setting.secret(
          "database.replica-url",
          FORM,
          RANGE,
          "A replica of that one, which passages are searched in; empty for none.");

  private static final Setting<Integer> POOL_SIZE =
      Setting.number("database.pool-size", 8, 1, 100, "Connections to PostgreSQL.");

  private static final Setting<Boolean> KEEP_ORIGINALS =
      Setting.flag(
          "library.keep-originals",
          true,
          "Whether the files of documents are kept, so that better readers can read them again.");

  /** All of them. */
  public static final KnownSettings SETTINGS =
      KnownSettings.of(URL, REPLICA_URL, POOL_SIZE, KEEP_ORIGINALS);

  /** Those that are set. */
  public static DatabaseOptions of(Settings settings) {
    return new DatabaseOptions(
        settings.optional(URL),
        settings.optional(REPLICA_URL),
        settings.value(POOL_SIZE),
        settings.value(KEEP_ORIGINALS));
  }

  /**
   * Where PostgreSQL is.
   *
   * @throws ProblemException INVALID if nobody said
   */
  public String requiredUrl() {
    return url.orElseThrow(
        () ->
            new ProblemException(
                ProblemException.Kind.INVALID,
                "database.url is not set; ./kvasir up sets it, or give KVASIR_DATABASE_URL"));
  }
}
