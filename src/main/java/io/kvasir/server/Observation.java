package io.kvasir.server;

import io.kvasir.config.Settings;
import io.kvasir.contrast.path.Paths;
import io.kvasir.evidence.Evidence;
import io.kvasir.generate.Generators;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.ingest.IngestionQueue;
import io.kvasir.observe.AnswerListener;
import io.kvasir.observe.Listeners;
import io.kvasir.observe.RequestListener;
import io.kvasir.telemetry.AnswerLog;
import io.kvasir.telemetry.Metrics;
import io.kvasir.telemetry.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Who watches a server: metrics and the log always, spans where there is a collector for them. */
final class Observation implements AutoCloseable {
  private final Metrics metrics = new Metrics(Paths.ALL.names());
  private final AnswerLog log;
  private final Optional<Spans> spans;

  Observation(Settings.Operation settings) {
    log = new AnswerLog(settings.logContent());
    spans = settings.telemetryEndpoint().map(Spans::new);
  }

  /** Watches questions. */
  AnswerListener answers() {
    List<AnswerListener> all = new ArrayList<>(List.of(metrics, log));
    spans.ifPresent(all::add);
    return Listeners.ofAnswers(all);
  }

  /** Watches evidence that is asked for. */
  Evidence evidence(Evidence evidence) {
    return spans.map(all -> all.traced(evidence)).orElse(evidence);
  }

  /** Watches requests, and tells Prometheus. */
  HttpPorts.Watch watch() {
    List<RequestListener> all = new ArrayList<>(List.of(metrics));
    spans.ifPresent(all::add);
    return new HttpPorts.Watch(Listeners.ofRequests(all), metrics::scrape);
  }

  /** Measures what is asked at each scrape. */
  void measure(Generators decoders, IngestionQueue uploads, IntSupplier contrasts) {
    metrics.watch(decoders, uploads, contrasts);
  }

  @Override
  public void close() {
    metrics.close();
    spans.ifPresent(Spans::close);
  }
}
