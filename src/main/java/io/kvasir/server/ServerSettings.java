package io.kvasir.server;

import io.kvasir.config.DataFolder;
import io.kvasir.config.KnownSettings;
import io.kvasir.config.Setting;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.evidence.EvidenceLimits;
import io.kvasir.experiment.ExperimentLimits;
import io.kvasir.generate.EngineOptions;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.ingest.IngestionLimits;
import io.kvasir.keys.KeyOptions;
import io.kvasir.memory.MemoryOptions;
import io.kvasir.models.ModelOptions;
import io.kvasir.postgres.DatabaseOptions;
import io.kvasir.rerank.RerankOptions;
import io.kvasir.retrieve.Fusion;
import io.kvasir.telemetry.TelemetryOptions;
import java.time.Duration;
import java.util.List;

/** Every setting there is: those of the packages, in the order in which they are explained. */
public final class ServerSettings {
  /** How long a server that is told to stop lets answers run. */
  public static final Setting<Duration> DRAIN =
      Setting.seconds(
          "server.drain-seconds",
          20,
          0,
          3_600,
          "How long running answers may take to end when the server stops.");

  /** All of them. */
  public static final KnownSettings ALL =
      KnownSettings.join(
          List.of(
              KnownSettings.of(DataFolder.SETTING),
              HttpOptions.SETTINGS,
              KeyOptions.SETTINGS,
              KnownSettings.of(DRAIN, HistorySweeper.KEEP_DAYS),
              TelemetryOptions.SETTINGS,
              DatabaseOptions.SETTINGS,
              ModelOptions.SETTINGS,
              EngineOptions.SETTINGS,
              Fusion.SETTINGS,
              RerankOptions.SETTINGS,
              ContrastLimits.SETTINGS,
              EvidenceLimits.SETTINGS,
              MemoryOptions.SETTINGS,
              ExperimentLimits.SETTINGS,
              IngestionLimits.SETTINGS));

  private ServerSettings() {}
}
