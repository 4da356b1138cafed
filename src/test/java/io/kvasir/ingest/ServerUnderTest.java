package io.kvasir.ingest;

import static io.kvasir.postgres.PostgresExtension.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.kvasir.contrast.NothingKept;
import io.kvasir.core.ProblemException;
import io.kvasir.core.ProblemException.Kind;
import io.kvasir.core.Workspace;
import io.kvasir.encode.Encoder;
import io.kvasir.encode.Encoders;
import io.kvasir.ingest.Ingestion.Job;
import io.kvasir.ingest.Ingestion.Source;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.PostgresEncodings;
import io.kvasir.postgres.PostgresJobs;
import io.kvasir.postgres.PostgresLibrary;
import io.kvasir.retrieve.Encodings;
import io.kvasir.retrieve.Library;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The part of a server that ingests, over a real database; several can share one. */
final class ServerUnderTest implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  final Path reading;
  private final SharedIngestion ingestion;
  private final Path uploads;
  private volatile boolean dead;

  ServerUnderTest(Database database, Path folder, Encoder... encoders) {
    try {
      uploads = Files.createTempDirectory(folder, "uploads");
      reading = Files.createTempDirectory(folder, "reading");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    JobStore jobs = cut(JobStore.class, new PostgresJobs(database, UUID.randomUUID()));
    Library library = cut(Library.class, new PostgresLibrary(database));
    ingestion =
        new SharedIngestion(
            new IngestionQueue(
                library,
                cut(Encodings.class, new PostgresEncodings(database)),
                new Encoders(List.of(encoders)),
                new NothingKept(),
                new IngestionLimits(16, 2, 1 << 20, 10, 1000, Duration.ofMinutes(1), 512L << 20),
                jobs,
                reading),
            jobs,
            library);
  }

  /** Something that reaches the database for as long as this server lives. */
  private <T> T cut(Class<T> port, T whole) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (dead) {
                return Future.failedFuture(new ProblemException(Kind.INTERNAL, "is dead"));
              }
              try {
                return method.invoke(whole, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** Ends it as kill -9 does, as far as the database can tell. No row in servers: nobody waits. */
  void kill() {
    dead = true;
    ingestion.close();
  }

  /** Ends it as it ends when it is told to. */
  @Override
  public void close() {
    ingestion.close();
  }

  SharedIngestion ingestion() {
    return ingestion;
  }

  /** A job of files, each a name and its text in turn. */
  Job submit(String collection, String... namesAndTexts) {
    return submitWith(null, collection, namesAndTexts);
  }

  /** The same, into a collection that gets an encoder if it is not there. */
  Job submitWith(String encoder, String collection, String... namesAndTexts) {
    Source[] sources = new Source[namesAndTexts.length / 2];
    Arrays.setAll(sources, i -> source(namesAndTexts[2 * i], namesAndTexts[2 * i + 1]));
    return await(
        ingestion.submit(
            Workspace.ONLY, collection, Task.read("en", encoder, null), List.of(sources)));
  }

  private Source source(String name, String text) {
    try {
      Path file = Files.createTempFile(uploads, "upload", "");
      return new Source(name, Files.writeString(file, text), true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The job once something holds of it. */
  Job when(Job job, Predicate<Job> condition) {
    long endNanos = System.nanoTime() + PATIENCE.toNanos();
    Job now = await(ingestion.job(Workspace.ONLY, job.id()));
    while (!condition.test(now)) {
      assertThat(System.nanoTime()).as("still %s", now).isLessThan(endNanos);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      now = await(ingestion.job(Workspace.ONLY, job.id()));
    }
    return now;
  }

  Job finished(Job job) {
    return when(job, Job::finished);
  }
}
