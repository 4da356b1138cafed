package io.kvasir.config;

import io.kvasir.core.AttentionPrecision;
import io.kvasir.core.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Everything that can be set, typed and checked. {@code kvasir settings} explains each.
 *
 * @param dataDir where everything is kept
 * @param http the server
 * @param keys who may use it
 * @param operation how it is run
 * @param database PostgreSQL
 * @param models the weights
 * @param engine the decoder
 * @param retrieve the search
 * @param promptBudget the most tokens that passages take in a prompt
 * @param historyBudget the most tokens that earlier turns take in one
 * @param sampling the length of answers
 * @param contrast running contrasts
 * @param evidence what answers looked at
 * @param ingest documents
 * @param defaultCollection asked when nobody names one
 */
public record Settings(
    Path dataDir,
    Http http,
    Keys keys,
    Operation operation,
    Database database,
    Models models,
    Engine engine,
    Retrieve retrieve,
    int promptBudget,
    int historyBudget,
    SamplingLimits sampling,
    Contrast contrast,
    Evidence evidence,
    Ingest ingest,
    String defaultCollection) {

  /**
   * The server.
   *
   * @param host address to listen on
   * @param port port to listen on; 0 for any free one
   * @param maxBodyBytes the largest request that is no upload
   * @param maxUploadBytes the largest upload, all files together
   * @param uploadSeconds how long an upload may take to arrive
   * @param maxHeaderBytes the most that headers take
   * @param maxConnections open connections at a time
   * @param allowedHosts Host names allowed beside those of loopback
   */
  public record Http(
      String host,
      int port,
      long maxBodyBytes,
      long maxUploadBytes,
      int uploadSeconds,
      int maxHeaderBytes,
      int maxConnections,
      List<String> allowedHosts) {}

  /**
   * Who may use the server.
   *
   * @param asked {@code auto}, {@code required} or {@code none}
   * @param key one that is accepted beside the stored ones; empty for none
   * @param requestsPerMinute of a key without a limit of its own; 0 for any number
   * @param tokensPerMinute of a key without a limit of its own; 0 for any number
   */
  public record Keys(
      String asked, Optional<String> key, int requestsPerMinute, int tokensPerMinute) {
    private static final Pattern LOOPBACK =
        Pattern.compile("localhost|127(\\.\\d{1,3}){3}|::1|\\[::1]");

    /** Whether requests to a server that listens there need a key. */
    public boolean requiredAt(String host) {
      return asked.equals("required")
          || (asked.equals("auto") && !LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches());
    }
  }

  /**
   * How the server is run.
   *
   * @param drainSeconds how long running answers may take to end when it stops
   * @param logFormat {@code text} or {@code json}
   * @param logContent whether questions and answers are logged
   * @param telemetryEndpoint where traces go; empty for nowhere
   */
  public record Operation(
      int drainSeconds, String logFormat, boolean logContent, Optional<String> telemetryEndpoint) {}

  /**
   * PostgreSQL.
   *
   * @param url {@code postgresql://user:password@host:port/database}; empty if nobody named one
   * @param replicaUrl where passages are searched, in the same form; empty for there
   * @param poolSize connections, to each of them
   */
  public record Database(Optional<String> url, Optional<String> replicaUrl, int poolSize) {
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

  /**
   * The weights.
   *
   * @param standard the decoder that answers when nobody names one
   * @param dir where they are kept
   * @param shipped where those lie that come with Kvasir
   */
  public record Models(String standard, Path dir, Path shipped) {}

  /**
   * The decoder.
   *
   * @param provider what it is computed on
   * @param threads of a decoder; 0 for one a core
   * @param slots answers generated at the same time
   * @param context tokens that a slot holds
   * @param queue answers that may wait for a slot
   * @param prefillChunk tokens of a prompt read in one pass
   * @param deadlineSeconds after which an answer is ended
   * @param watchedLayers layers whose attention is averaged; empty for the engine's choice
   */
  public record Engine(
      String provider,
      int threads,
      int slots,
      int context,
      int queue,
      int prefillChunk,
      int deadlineSeconds,
      List<Integer> watchedLayers) {
    /** What attention is computed in there. */
    public AttentionPrecision attention() {
      return AttentionPrecision.on(provider);
    }
  }

  /**
   * The search.
   *
   * @param k passages for the prompt
   * @param candidates passages that each search hands to the fusion
   * @param rankConstant of the fusion
   * @param denseWeight of a rank by meaning
   * @param lexicalWeight of a rank by words
   */
  public record Retrieve(
      int k, int candidates, int rankConstant, double denseWeight, double lexicalWeight) {}

  /**
   * The length of answers.
   *
   * @param maxTokens when nobody says
   * @param maxTokensLimit at the most
   */
  public record SamplingLimits(int maxTokens, int maxTokensLimit) {}

  /**
   * Running contrasts.
   *
   * @param reconnectSeconds how long one runs on when its reader is gone
   * @param keepSeconds how long its end is tried to be kept
   * @param running how many may run at a time
   * @param maxQuestionCharacters the longest question
   */
  public record Contrast(
      int reconnectSeconds, int keepSeconds, int running, int maxQuestionCharacters) {}

  /**
   * What answers looked at.
   *
   * @param running measurements at a time
   * @param masks random choices of passages of one measurement at the most
   * @param positions numbers of single positions in one answer at the most
   */
  public record Evidence(int running, int masks, int positions) {}

  /**
   * Documents.
   *
   * @param queue uploads that may wait
   * @param parallel uploads that are ingested at the same time
   * @param maxFileBytes the largest document
   * @param maxPages pages of a document at the most
   * @param maxPassages passages of a document at the most
   * @param fileSeconds how long reading a document may take
   * @param readerBytes the heap of a process that reads documents
   * @param keepOriginals whether the files of documents are kept
   */
  public record Ingest(
      int queue,
      int parallel,
      long maxFileBytes,
      int maxPages,
      int maxPassages,
      int fileSeconds,
      long readerBytes,
      boolean keepOriginals) {}

  /** The settings of the data folder that the environment names. */
  public static Settings load(Map<String, String> environment) {
    return load(DataFolder.settingsFile(DataFolder.of(environment)), environment);
  }

  /**
   * The settings of a file, which need not exist, and the environment, which wins.
   *
   * @throws ProblemException INVALID, naming what is wrong, and what is allowed or known
   */
  public static Settings load(Path file, Map<String, String> environment) {
    WrittenSettings written = WrittenSettings.read(file, environment);
    Path dataDir = DataFolder.of(environment);
    String modelsDir = written.value(KnownSettings.MODELS_DIR);
    Settings settings =
        new Settings(
            dataDir,
            new Http(
                written.value(KnownSettings.HTTP_HOST),
                written.value(KnownSettings.HTTP_PORT),
                written.value(KnownSettings.HTTP_MAX_BODY_BYTES),
                written.value(KnownSettings.HTTP_MAX_UPLOAD_BYTES),
                written.value(KnownSettings.HTTP_UPLOAD_SECONDS),
                written.value(KnownSettings.HTTP_MAX_HEADER_BYTES),
                written.value(KnownSettings.HTTP_MAX_CONNECTIONS),
                written.value(KnownSettings.HTTP_ALLOWED_HOSTS)),
            new Keys(
                written.value(KnownSettings.HTTP_KEYS),
                Optional.of(written.value(KnownSettings.HTTP_KEY)).filter(k -> !k.isEmpty()),
                written.value(KnownSettings.KEYS_REQUESTS_PER_MINUTE),
                written.value(KnownSettings.KEYS_TOKENS_PER_MINUTE)),
            new Operation(
                written.value(KnownSettings.SERVER_DRAIN_SECONDS),
                written.value(KnownSettings.LOG_FORMAT),
                written.value(KnownSettings.LOG_CONTENT).equals("yes"),
                Optional.of(written.value(KnownSettings.TELEMETRY_ENDPOINT))
                    .filter(url -> !url.isEmpty())),
            new Database(
                Optional.of(written.value(KnownSettings.DATABASE_URL)).filter(u -> !u.isEmpty()),
                Optional.of(written.value(KnownSettings.DATABASE_REPLICA_URL))
                    .filter(u -> !u.isEmpty()),
                written.value(KnownSettings.DATABASE_POOL_SIZE)),
            new Models(
                written.value(KnownSettings.MODELS_DEFAULT),
                modelsDir.isEmpty() ? dataDir.resolve("models") : Path.of(modelsDir),
                Path.of(written.value(KnownSettings.MODELS_SHIPPED))),
            new Engine(
                written.value(KnownSettings.ENGINE_PROVIDER),
                written.value(KnownSettings.ENGINE_THREADS),
                written.value(KnownSettings.ENGINE_SLOTS),
                written.value(KnownSettings.ENGINE_CONTEXT),
                written.value(KnownSettings.ENGINE_QUEUE),
                written.value(KnownSettings.ENGINE_PREFILL_CHUNK),
                written.value(KnownSettings.ENGINE_DEADLINE_SECONDS),
                written.value(KnownSettings.ENGINE_WATCHED_LAYERS)),
            new Retrieve(
                written.value(KnownSettings.RETRIEVE_K),
                written.value(KnownSettings.RETRIEVE_CANDIDATES),
                written.value(KnownSettings.RETRIEVE_RANK_CONSTANT),
                written.value(KnownSettings.RETRIEVE_DENSE_WEIGHT),
                written.value(KnownSettings.RETRIEVE_LEXICAL_WEIGHT)),
            written.value(KnownSettings.PROMPT_BUDGET),
            written.value(KnownSettings.PROMPT_HISTORY_BUDGET),
            new SamplingLimits(
                written.value(KnownSettings.SAMPLING_MAX_TOKENS),
                written.value(KnownSettings.SAMPLING_MAX_TOKENS_LIMIT)),
            new Contrast(
                written.value(KnownSettings.CONTRAST_RECONNECT_SECONDS),
                written.value(KnownSettings.CONTRAST_KEEP_SECONDS),
                written.value(KnownSettings.CONTRAST_RUNNING),
                written.value(KnownSettings.CONTRAST_MAX_QUESTION_CHARACTERS)),
            new Evidence(
                written.value(KnownSettings.EVIDENCE_RUNNING),
                written.value(KnownSettings.EVIDENCE_MASKS),
                written.value(KnownSettings.EVIDENCE_POSITIONS)),
            new Ingest(
                written.value(KnownSettings.INGEST_QUEUE),
                written.value(KnownSettings.INGEST_PARALLEL),
                written.value(KnownSettings.INGEST_MAX_FILE_BYTES),
                written.value(KnownSettings.INGEST_MAX_PAGES),
                written.value(KnownSettings.INGEST_MAX_PASSAGES),
                written.value(KnownSettings.INGEST_FILE_SECONDS),
                written.value(KnownSettings.INGEST_READER_MEMORY),
                written.value(KnownSettings.LIBRARY_KEEP_ORIGINALS).equals("yes")),
            written.value(KnownSettings.DEFAULT_COLLECTION));
    settings.checkTogether();
    return settings;
  }

  private void checkTogether() {
    atMost(
        KnownSettings.PROMPT_BUDGET, promptBudget, KnownSettings.ENGINE_CONTEXT, engine.context());
    atMost(
        KnownSettings.SAMPLING_MAX_TOKENS,
        sampling.maxTokens(),
        KnownSettings.SAMPLING_MAX_TOKENS_LIMIT,
        sampling.maxTokensLimit());
    atMost(
        KnownSettings.RETRIEVE_K,
        retrieve.k(),
        KnownSettings.RETRIEVE_CANDIDATES,
        retrieve.candidates());
    if (retrieve.denseWeight() + retrieve.lexicalWeight() == 0) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "%s and %s are both 0, so nothing would be found; raise one"
              .formatted(
                  KnownSettings.RETRIEVE_DENSE_WEIGHT.key(),
                  KnownSettings.RETRIEVE_LEXICAL_WEIGHT.key()));
    }
    atMost(
        KnownSettings.ENGINE_PREFILL_CHUNK,
        engine.prefillChunk(),
        KnownSettings.ENGINE_CONTEXT,
        engine.context());
  }

  private static void atMost(Setting<?> one, int value, Setting<?> other, int limit) {
    if (value > limit) {
      throw new ProblemException(
          ProblemException.Kind.INVALID,
          "%s is %d, which is above %s (%d); lower the one or raise the other"
              .formatted(one.key(), value, other.key(), limit));
    }
  }
}
