package io.kvasir.postgres;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class a migrated database of its own in the real PostgreSQL that {@code
 * KVASIR_TEST_DATABASE_URL} names, and drops it afterwards. Test methods may take a {@link
 * Database}, a {@link Vertx} or the database's URL as a {@link String}.
 */
public final class PostgresExtension
    implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
  /** The environment variable with the URL of a superuser. */
  public static final String VARIABLE = "KVASIR_TEST_DATABASE_URL";

  private static final String COPY = "_copy";

  private final boolean migrated;
  private final String name = "kvasir_test_" + UUID.randomUUID().toString().replace("-", "");
  private Vertx vertx;
  private Database admin;
  private Database database;
  private String url;

  /** A migrated database. */
  public PostgresExtension() {
    this(true);
  }

  private PostgresExtension(boolean migrated) {
    this.migrated = migrated;
  }

  /** A database with nothing in it. */
  public static PostgresExtension unmigrated() {
    return new PostgresExtension(false);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    vertx = Vertx.vertx();
    String adminUrl = adminUrl();
    admin = Database.open(vertx, adminUrl, 1);
    await(simple(admin, "CREATE DATABASE " + name));
    url = URI.create(adminUrl).resolve("/" + name).toString();
    database = Database.open(vertx, url, 8);
    if (migrated) {
      await(new Migrations(database).run());
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (database != null) {
      await(database.close());
      await(simple(admin, "DROP DATABASE " + name + " WITH (FORCE)"));
      await(simple(admin, "DROP DATABASE IF EXISTS " + name + COPY + " WITH (FORCE)"));
      await(admin.close());
    }
    if (vertx != null) {
      await(vertx.close());
    }
  }

  /**
   * Dumps the database as one would for a backup, and restores it into a new one that is dropped
   * with it.
   *
   * @param dump where the dump is written
   * @return the URL of the new database
   */
  public String copy(Path dump) {
    await(simple(admin, "CREATE DATABASE " + name + COPY));
    String target = url + COPY;
    OwnCluster.run(
        List.of(
            OwnCluster.binaries().resolve("pg_dump").toString(),
            "--format=custom",
            "--file=" + dump,
            url));
    OwnCluster.run(
        List.of(
            OwnCluster.binaries().resolve("pg_restore").toString(),
            "--no-owner",
            "--exit-on-error",
            "--dbname=" + target,
            dump.toString()));
    return target;
  }

  /** The URL of a superuser of the PostgreSQL under test. */
  public static String adminUrl() {
    String url = System.getenv(VARIABLE);
    if (url == null || url.isBlank()) {
      throw new AssertionError(
          VARIABLE
              + " is not set: these tests need a real PostgreSQL with pgvector. './kvasir test'"
              + " starts one; or set it to postgresql://superuser:password@host:port/postgres");
    }
    return url;
  }

  /** The result, or the failure thrown as it is. */
  public static <T> T await(Future<T> future) {
    try {
      return future.await(120, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("no answer within two minutes", e);
    }
  }

  /** The first row of a query whose columns are whole numbers. */
  public static List<Integer> numbers(Database database, String sql) {
    return await(
        database.connection(
            connection ->
                connection
                    .query(sql)
                    .execute()
                    .map(
                        rows -> {
                          Row row = rows.iterator().next();
                          return IntStream.range(0, row.size()).mapToObj(row::getInteger).toList();
                        })));
  }

  /** Runs statements that bring nothing. */
  public static Future<Void> run(Database database, String sql) {
    return simple(database, sql);
  }

  static Future<Void> simple(Database database, String sql) {
    return database.connection(connection -> connection.query(sql).execute().mapEmpty());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Database.class || type == Vertx.class || type == String.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Database.class ? database : type == Vertx.class ? vertx : url;
  }
}
