package io.kvasir.telemetry;

import io.kvasir.core.AnswerPath;
import io.kvasir.core.ProblemException;
import io.kvasir.core.Trace;
import io.kvasir.generate.GenerationEvent;
import io.kvasir.generate.Generator;
import io.kvasir.generate.Generators;
import io.kvasir.ingest.Ingestion;
import io.kvasir.ingest.IngestionQueue;
import io.kvasir.observe.AnswerListener;
import io.kvasir.observe.RequestListener;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts and times what happens, for Prometheus. Safe to use from any thread. */
public final class Metrics implements AnswerListener, RequestListener, AutoCloseable {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS");

  private static final Duration[] SECONDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MultiGauge running = gauge(MetricNames.REQUESTS_RUNNING);
  private final MultiGauge waiting = gauge(MetricNames.REQUESTS_WAITING);
  private final MultiGauge cache = gauge(MetricNames.CACHE_USAGE);
  private final MultiGauge jobs = gauge(MetricNames.INGESTION_JOBS);
  private @Nullable Generators generators;
  private @Nullable IngestionQueue ingestion;

  /**
   * A registry with what the Java machine tells of itself.
   *
   * @param paths the ways to answer, whose meters exist from the beginning
   */
  public Metrics(List<AnswerPath> paths) {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    paths.forEach(path -> new AnswerMeter(registry, path.name(), 0));
    new AnswerMeter(registry, AnswerMeter.CHAT, 0);
  }

  private MultiGauge gauge(String name) {
    return MultiGauge.builder(name).register(registry);
  }

  /**
   * Watches what is asked at each scrape. Called once, before the first.
   *
   * @param contrasts how many run
   */
  public void watch(Generators decoders, IngestionQueue uploads, IntSupplier contrasts) {
    generators = decoders;
    ingestion = uploads;
    Gauge.builder(MetricNames.CONTRASTS_RUNNING, contrasts::getAsInt).register(registry);
  }

  /** Everything as Prometheus reads it (text format 0.0.4). */
  public synchronized String scrape() {
    countSequences();
    countJobs();
    return registry.scrape();
  }

  private void countSequences() {
    List<MultiGauge.Row<?>> ran = new ArrayList<>();
    List<MultiGauge.Row<?>> waited = new ArrayList<>();
    List<MultiGauge.Row<?>> cached = new ArrayList<>();
    Generators decoders = generators;
    if (decoders != null) {
      for (Generators.Status status : decoders.list()) {
        Generator.Load load = load(decoders, status);
        if (load != null) {
          Tags tags = Tags.of(MetricNames.MODEL, status.name());
          ran.add(MultiGauge.Row.of(tags, load.running()));
          waited.add(MultiGauge.Row.of(tags, load.waiting()));
          cached.add(MultiGauge.Row.of(tags, load.cacheUsage()));
        }
      }
    }
    running.register(ran, true);
    waiting.register(waited, true);
    cache.register(cached, true);
  }

  private static Generator.@Nullable Load load(Generators decoders, Generators.Status status) {
    if (status.state() != Generators.State.LOADED) {
      return null;
    }
    try {
      return decoders.loaded(status.name()).load();
    } catch (ProblemException unloadedMeanwhile) {
      return null;
    }
  }

  private void countJobs() {
    int ingesting = 0;
    int queued = 0;
    IngestionQueue uploads = ingestion;
    if (uploads != null) {
      for (Ingestion.Job job : uploads.jobs()) {
        boolean begun =
            job.files().stream().anyMatch(file -> file.state() != Ingestion.FileState.WAITING);
        if (!job.finished()) {
          ingesting += begun ? 1 : 0;
          queued += begun ? 0 : 1;
        }
      }
    }
    jobs.register(
        List.of(
            MultiGauge.Row.of(Tags.of(MetricNames.STATE, "running"), ingesting),
            MultiGauge.Row.of(Tags.of(MetricNames.STATE, "waiting"), queued)),
        true);
  }

  @Override
  public Asked asked() {
    long startedNanos = System.nanoTime();
    return new Asked() {
      @Override
      public void retrieved(double encodeMs, double searchMs) {
        timer(registry, MetricNames.RETRIEVAL_TIME, Tags.of(MetricNames.STAGE, "encode"))
            .record(nanos(encodeMs), TimeUnit.NANOSECONDS);
        timer(registry, MetricNames.RETRIEVAL_TIME, Tags.of(MetricNames.STAGE, "search"))
            .record(nanos(searchMs), TimeUnit.NANOSECONDS);
      }

      @Override
      public void named(String contrast, String question) {}

      @Override
      public Consumer<GenerationEvent> answering(AnswerPath path, String model, int promptTokens) {
        return new AnswerMeter(registry, path.name(), startedNanos);
      }

      @Override
      public Consumer<GenerationEvent> chatting(String model, int promptTokens) {
        return new AnswerMeter(registry, AnswerMeter.CHAT, startedNanos);
      }

      @Override
      public void ended(Trace.Status status) {}
    };
  }

  @Override
  public Handling began(String method, String path, @Nullable String traceParent) {
    long startedNanos = System.nanoTime();
    return new Handling() {
      @Override
      public <T> T within(Supplier<T> work) {
        return work.get();
      }

      @Override
      public void ended(String route, int status) {
        Tags tags =
            Tags.of(
                MetricNames.METHOD,
                METHODS.contains(method) ? method : "OTHER",
                MetricNames.ROUTE,
                route,
                MetricNames.STATUS,
                Integer.toString(status));
        timer(registry, MetricNames.HTTP_REQUESTS, tags)
            .record(System.nanoTime() - startedNanos, TimeUnit.NANOSECONDS);
      }
    };
  }

  @Override
  public void loopBeat(long lateNanos, long workedNanos) {
    timer(registry, MetricNames.EVENT_LOOP_LAG, Tags.empty())
        .record(lateNanos, TimeUnit.NANOSECONDS);
    registry.counter(MetricNames.EVENT_LOOP_TIME).increment(workedNanos / 1e9);
  }

  /** The timer of a name and tags, with buckets; made when it is first asked for. */
  static Timer timer(PrometheusMeterRegistry registry, String name, Tags tags) {
    return Timer.builder(name).tags(tags).serviceLevelObjectives(SECONDS).register(registry);
  }

  static long nanos(double milliseconds) {
    return (long) (milliseconds * 1e6);
  }

  @Override
  public void close() {
    registry.close();
  }
}
