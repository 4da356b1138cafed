package io.kvasir.server;

import io.kvasir.config.Settings;
import io.kvasir.contrast.ContrastLimits;
import io.kvasir.contrast.ContrastService;
import io.kvasir.contrast.ContrastStore;
import io.kvasir.contrast.Conversations;
import io.kvasir.contrast.MaterialSource;
import io.kvasir.contrast.path.Paths;
import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import io.kvasir.decoders.DecoderFiles;
import io.kvasir.decoders.DecoderLoader;
import io.kvasir.decoders.DecoderMemory;
import io.kvasir.decoders.FreeMemory;
import io.kvasir.decoders.ModelHost;
import io.kvasir.encode.Encoders;
import io.kvasir.evidence.EvidenceLimits;
import io.kvasir.evidence.EvidenceService;
import io.kvasir.experiment.ExperimentLimits;
import io.kvasir.experiment.ExperimentService;
import io.kvasir.experiment.MarkedStore;
import io.kvasir.experiment.Marking;
import io.kvasir.generate.BatchingGenerator;
import io.kvasir.generate.EngineOptions;
import io.kvasir.http.HttpVerticle;
import io.kvasir.http.exchange.HttpOptions;
import io.kvasir.http.exchange.HttpPorts;
import io.kvasir.ingest.IngestionLimits;
import io.kvasir.ingest.IngestionQueue;
import io.kvasir.ingest.PassageCorrections;
import io.kvasir.ingest.SharedIngestion;
import io.kvasir.keys.KeyRing;
import io.kvasir.models.Catalogue;
import io.kvasir.models.ModelOptions;
import io.kvasir.onnx.OnnxDecoders;
import io.kvasir.onnx.Provider;
import io.kvasir.postgres.Database;
import io.kvasir.postgres.DatabaseOptions;
import io.kvasir.postgres.Migrations;
import io.kvasir.postgres.PostgresContrasts;
import io.kvasir.postgres.PostgresConversations;
import io.kvasir.postgres.PostgresCorrections;
import io.kvasir.postgres.PostgresEncodings;
import io.kvasir.postgres.PostgresExperiments;
import io.kvasir.postgres.PostgresJobs;
import io.kvasir.postgres.PostgresLibrary;
import io.kvasir.postgres.PostgresMarked;
import io.kvasir.postgres.PostgresRetriever;
import io.kvasir.postgres.ServerLease;
import io.kvasir.postgres.VectorIndex;
import io.kvasir.retrieve.Fusion;
import io.kvasir.retrieve.Library;
import io.kvasir.retrieve.ReplicaRetriever;
import io.kvasir.retrieve.Retriever;
import io.kvasir.telemetry.TelemetryOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/**
 * The running server: opens the adapters in order, wires them, closes them in reverse. The page is
 * served while the decoder still loads; readiness says when questions are answered.
 */
final class Server {
  private static final System.Logger LOG = System.getLogger(Server.class.getName());

  /** Threads that make prompts and count the time of contrasts without readers. */
  private static final int WORKERS = 2;

  /** Threads that wait for readings of attention, beside those of measurements. */
  private static final int ATTENTION_READERS = 2;

  /** Where in the data folder the uploads of all servers wait until they are read. */
  private static final String UPLOADS = "uploads";

  private final Vertx vertx;
  private final Settings settings;
  private final DatabaseOptions storage;
  private final EngineOptions engine;
  private final String standardModel;
  private final DecoderFiles files;
  private final Deque<Supplier<Future<?>>> closing = new ArrayDeque<>();
  private final Observation observation;
  private Supplier<Future<?>> draining = Future::succeededFuture;
  private Optional<KeyRing> keys = Optional.empty();
  private int port;

  private Server(Vertx vertx, Settings settings, DecoderFiles files) {
    this.vertx = vertx;
    this.settings = settings;
    this.storage = DatabaseOptions.of(settings);
    this.engine = EngineOptions.of(settings);
    this.standardModel = ModelOptions.of(settings).standard();
    this.files = files;
    this.observation = new Observation(TelemetryOptions.of(settings));
  }

  /**
   * Starts a server; fails with what is wrong and leaves nothing open.
   *
   * @param vertx runs the verticles
   * @param settings of everything
   * @param databaseUrl where PostgreSQL is
   * @param files the decoders as files
   */
  static Future<Server> start(
      Vertx vertx, Settings settings, String databaseUrl, DecoderFiles files) {
    Server server = new Server(vertx, settings, files);
    return server
        .open(databaseUrl)
        .map(server)
        .recover(failure -> server.stop().transform(stopped -> Future.failedFuture(failure)));
  }

  /** The port it listens on. */
  int port() {
    return port;
  }

  /**
   * Takes no new work, lets what runs end for a while, cancels the rest, and once every trace is
   * kept closes everything in reverse order; what fails to close holds up nothing else.
   */
  Future<Void> stop() {
    return draining
        .get()
        .onFailure(failure -> LOG.log(System.Logger.Level.WARNING, "draining", failure))
        .transform(drained -> closeNext())
        .eventually(() -> vertx.executeBlocking(closed(observation::close), false));
  }

  private Future<Void> closeNext() {
    Supplier<Future<?>> next = closing.poll();
    if (next == null) {
      return Future.succeededFuture();
    }
    return next.get()
        .onFailure(failure -> LOG.log(System.Logger.Level.WARNING, "stopping", failure))
        .transform(closed -> closeNext());
  }

  private Future<Void> open(String databaseUrl) {
    Database database = Database.open(vertx, databaseUrl, storage.poolSize());
    closing.push(database::close);
    return new Migrations(database)
        .run()
        .compose(done -> AcceptedKeys.read(database, settings))
        .onSuccess(read -> keys = read)
        .compose(done -> takeLease(database))
        .compose(lease -> vertx.executeBlocking(() -> openModels(database, lease), false))
        .compose(this::serve)
        .onSuccess(serving -> addIndexes(database));
  }

  private static void addIndexes(Database database) {
    VectorIndex.addLacking(database)
        .onFailure(
            failure ->
                LOG.log(
                    System.Logger.Level.WARNING,
                    "an index of vectors was not made; searching is slower without it: "
                        + failure.getMessage()));
  }

  private Future<ServerLease> takeLease(Database database) {
    ServerLease lease = new ServerLease(database, ManagementFactory.getRuntimeMXBean().getName());
    closing.push(lease::giveBack);
    return lease.take().map(lease);
  }

  /** What stands between the adapters and the verticle. */
  private record Wired(
      ModelHost models,
      ContrastService contrasts,
      EvidenceService evidence,
      ExperimentService experiments,
      HttpPorts ports,
      Path uploads) {}

  private Wired openModels(Database database, ServerLease lease) {
    provider().require();
    Encoders encoders = ServerEncoders.open(Catalogue.shipped());
    closing.push(() -> vertx.executeBlocking(closed(encoders::close), false));
    ModelHost models =
        new ModelHost(
            vertx,
            files,
            this::loadDecoder,
            new DecoderMemory(
                engine.slots(),
                engine.context(),
                AttentionPrecision.on(settings.value(EngineOptions.PROVIDER))),
            new FreeMemory(),
            standardModel);
    Library library = new PostgresLibrary(database, storage.keepOriginals());
    ContrastStore history = new PostgresContrasts(database, lease.id());
    UploadFolder uploads = UploadFolder.claim(settings.dataFolder().resolve(UPLOADS));
    closing.push(() -> vertx.executeBlocking(closed(uploads::close), false));
    PostgresJobs jobs = new PostgresJobs(database, lease.id());
    ScheduledExecutorService worker = Executors.newScheduledThreadPool(WORKERS);
    closing.push(() -> vertx.executeBlocking(closed(worker::shutdown), false));
    ServerMemory memory =
        ServerMemory.of(database, settings, models, library, models::answers, worker);
    IngestionQueue queue =
        new IngestionQueue(
            library,
            new PostgresEncodings(database),
            encoders,
            memory.reader(),
            IngestionLimits.of(settings),
            jobs,
            uploads.path());
    SharedIngestion ingestion = new SharedIngestion(queue, jobs, library);
    closing.push(() -> vertx.executeBlocking(closed(ingestion::close), false));
    Retriever retriever =
        new ServerRerankers(vertx, closing, settings)
            .over(retriever(database, encoders), models, worker);
    ContrastService contrasts =
        new ContrastService(
            models,
            history,
            new MaterialSource(library, retriever, memory.kept()),
            Paths.ALL,
            settings.value(ContrastLimits.DEFAULT_COLLECTION),
            ContrastLimits.of(settings),
            models::answers,
            worker,
            observation.answers());
    observation.measure(models, queue, contrasts::count);
    EvidenceLimits limits = EvidenceLimits.of(settings);
    ExecutorService readers = Executors.newFixedThreadPool(limits.running() + ATTENTION_READERS);
    closing.push(() -> vertx.executeBlocking(closed(readers::shutdown), false));
    EvidenceService evidence =
        new EvidenceService(history, models, memory.kept().passages(), limits, readers);
    ExperimentLimits experimentLimits = ExperimentLimits.of(settings);
    MarkedStore marked = new PostgresMarked(database);
    ExperimentService experiments =
        new ExperimentService(
            new PostgresExperiments(database, lease.id()),
            marked,
            contrasts,
            models,
            library,
            retriever,
            encoders,
            HttpOptions.sampling(settings),
            new AnswerConditions(settings, models::answers),
            experimentLimits);
    closing.push(() -> vertx.executeBlocking(closed(experiments::close), false));
    Conversations conversations = new PostgresConversations(database);
    HistorySweeper sweeper = new HistorySweeper(vertx, conversations, settings);
    sweeper.start();
    closing.push(sweeper::stop);
    HttpPorts ports =
        new HttpPorts(
            contrasts,
            history,
            conversations,
            observation.evidence(evidence),
            experiments,
            new Marking(marked, contrasts, experimentLimits),
            library,
            new PassageCorrections(library, new PostgresCorrections(database), encoders),
            memory.stored(),
            memory.reader(),
            memory.attention(),
            ingestion,
            models,
            encoders.all(),
            () -> ready(models, database),
            observation.watch(),
            keys);
    return new Wired(models, contrasts, evidence, experiments, ports, uploads.path());
  }

  private Retriever retriever(Database database, Encoders encoders) {
    Retriever primary = new PostgresRetriever(database, encoders, Fusion.of(settings));
    Optional<String> url = storage.replicaUrl();
    if (url.isEmpty()) {
      return primary;
    }
    Database replica = Database.open(vertx, url.get(), storage.poolSize());
    closing.push(replica::close);
    return new ReplicaRetriever(
        new PostgresRetriever(replica, encoders, Fusion.of(settings)), primary);
  }

  private static Callable<Void> closed(Runnable close) {
    return () -> {
      close.run();
      return null;
    };
  }

  private DecoderLoader.Loaded loadDecoder(Path folder) {
    BatchingGenerator generator = OnnxDecoders.load(folder, engine, provider());
    return new DecoderLoader.Loaded(generator, generator::close);
  }

  private Provider provider() {
    return Provider.named(settings.value(EngineOptions.PROVIDER));
  }

  private Future<Void> serve(Wired wired) {
    HttpVerticle http = new HttpVerticle(HttpOptions.of(settings, wired.uploads()), wired.ports());
    return vertx
        .deployVerticle(http)
        .map(
            deployment -> {
              port = http.port();
              closing.push(() -> vertx.undeploy(deployment));
              Drain drain =
                  new Drain(http, wired.contrasts(), wired.evidence(), wired.experiments());
              draining = () -> drain.run(settings.value(ServerSettings.DRAIN));
              loadStandard(wired.models());
              return null;
            });
  }

  private void loadStandard(ModelHost models) {
    models
        .load(standardModel)
        .whenComplete(
            (status, failure) -> {
              if (failure != null) {
                LOG.log(System.Logger.Level.ERROR, "the decoder could not be loaded", failure);
              }
            });
  }

  private static Future<Void> ready(ModelHost models, Database database) {
    try {
      models.loaded(null);
    } catch (ProblemException notYet) {
      return Future.failedFuture(notYet);
    }
    return database.ping();
  }
}
