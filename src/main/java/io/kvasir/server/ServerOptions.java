package io.kvasir.server;

import io.kvasir.config.Settings;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.core.Sampling;
import io.kvasir.evidence.EvidenceLimits;
import io.kvasir.generate.EngineOptions;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.ingest.IngestionLimits;
import io.kvasir.retrieve.Fusion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What each part of the server is told of the settings, which none of them knows. */
public final class ServerOptions {
  private ServerOptions() {}

  /** How a decoder runs. */
  static EngineOptions engine(Settings settings) {
    Settings.Engine engine = settings.engine();
    return new EngineOptions(
        engine.threads(),
        engine.slots(),
        engine.context(),
        engine.queue(),
        engine.prefillChunk(),
        EngineOptions.DEFAULTS.interleavedSteps(),
        Duration.ofSeconds(engine.deadlineSeconds()),
        engine.watchedLayers());
  }

  /** Where the uploads of all servers wait until they are read. */
  static Path uploads(Settings settings) {
    return settings.dataDir().resolve("uploads");
  }

  /** How large files may be, and how long they may take. */
  static IngestionLimits ingestion(Settings settings) {
    Settings.Ingest ingest = settings.ingest();
    return new IngestionLimits(
        ingest.queue(),
        ingest.parallel(),
        ingest.maxFileBytes(),
        ingest.maxPages(),
        ingest.maxPassages(),
        Duration.ofSeconds(ingest.fileSeconds()),
        ingest.readerBytes());
  }

  /** How the two searches are fused. */
  public static Fusion fusion(Settings settings) {
    return new Fusion(
        settings.retrieve().candidates(),
        settings.retrieve().rankConstant(),
        settings.retrieve().denseWeight(),
        settings.retrieve().lexicalWeight());
  }

  /** How much one question may ask for. */
  static ContrastLimits contrasts(Settings settings) {
    return new ContrastLimits(
        settings.retrieve().k(),
        settings.retrieve().candidates(),
        settings.promptBudget(),
        settings.historyBudget(),
        settings.sampling().maxTokensLimit(),
        settings.contrast().maxQuestionCharacters(),
        settings.contrast().running(),
        Duration.ofSeconds(settings.contrast().reconnectSeconds()),
        Duration.ofSeconds(settings.contrast().keepSeconds()));
  }

  /** How much may be measured of an answer. */
  static EvidenceLimits evidence(Settings settings) {
    Settings.Evidence evidence = settings.evidence();
    return new EvidenceLimits(evidence.running(), evidence.masks(), evidence.positions());
  }

  /**
   * How requests are served.
   *
   * @param uploads where those of this server wait
   */
  static HttpOptions http(Settings settings, Path uploads) {
    Settings.Http http = settings.http();
    int maxTokens = settings.sampling().maxTokens();
    return new HttpOptions(
        http.host(),
        http.port(),
        http.allowedHosts(),
        uploads,
        new Sampling(0, 1, 0, 0, 1, 0, maxTokens, List.of()),
        settings.sampling().maxTokensLimit(),
        HttpOptions.Limits.DEFAULT.with(
            http.maxBodyBytes(),
            http.maxUploadBytes(),
            Duration.ofSeconds(http.uploadSeconds()),
            http.maxHeaderBytes(),
            http.maxConnections()));
  }
}
