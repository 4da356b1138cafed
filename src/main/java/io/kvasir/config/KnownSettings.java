package io.kvasir.config;

import java.util.List;
import java.util.regex.Pattern;

/** Every setting there is, with its default, its range and what it is for. */
final class KnownSettings {
  static final Setting<String> DATA_DIR =
      Setting.text(
          "data.dir",
          "",
          "a folder",
          "Where everything is kept; only from the environment, since the file lies in it. Default:"
              + " ~/.local/share/kvasir, for root /var/lib/kvasir.");

  static final Setting<String> HTTP_HOST =
      Setting.text(
          "http.host",
          "127.0.0.1",
          Pattern.compile("\\S+"),
          "an address or name of this machine",
          "The address to listen on; 0.0.0.0 for every one.");
  static final Setting<Integer> HTTP_PORT =
      Setting.number("http.port", 8080, 0, 65_535, "The port to listen on; 0 for any free one.");
  static final Setting<Long> HTTP_MAX_BODY_BYTES =
      Setting.bytes(
          "http.max-body-bytes", "1MiB", "1KiB", "64MiB", "The largest request that is no upload.");
  static final Setting<Long> HTTP_MAX_UPLOAD_BYTES =
      Setting.bytes(
          "http.max-upload-bytes",
          "512MiB",
          "1MiB",
          "16GiB",
          "The largest upload, all its files together.");
  static final Setting<Integer> HTTP_UPLOAD_SECONDS =
      Setting.number(
          "http.upload-seconds", 900, 1, 86_400, "How long an upload may take to arrive.");
  static final Setting<Integer> HTTP_MAX_HEADER_BYTES =
      Setting.number(
          "http.max-header-bytes", 16_384, 1_024, 1_048_576, "The most that headers may take.");
  static final Setting<Integer> HTTP_MAX_CONNECTIONS =
      Setting.number("http.max-connections", 1_000, 1, 100_000, "Open connections at a time.");
  static final Setting<List<String>> HTTP_ALLOWED_HOSTS =
      Setting.list(
          "http.allowed-hosts",
          "host names, divided by commas",
          "Names, beside localhost, under which browsers may reach the server.",
          host -> host);

  static final Setting<String> HTTP_KEYS =
      Setting.text(
          "http.keys",
          "auto",
          Pattern.compile("auto|required|none"),
          "auto, required or none",
          "Whether requests need an API key; auto: unless http.host is loopback.");
  static final Setting<String> HTTP_KEY =
      Setting.secret(
          "http.key",
          Pattern.compile("|\\S{20,200}"),
          "20 to 200 characters without a space",
          "A key that is accepted beside those of ./kvasir keys; commands of the terminal send it.");
  static final Setting<Integer> KEYS_REQUESTS_PER_MINUTE =
      Setting.number(
          "keys.requests-per-minute",
          600,
          0,
          1_000_000,
          "Requests a minute of a key that has no limit of its own; 0 for any number.");
  static final Setting<Integer> KEYS_TOKENS_PER_MINUTE =
      Setting.number(
          "keys.tokens-per-minute",
          100_000,
          0,
          1_000_000_000,
          "Tokens of prompts and answers a minute of such a key; 0 for any number.");
  static final Setting<Integer> SERVER_DRAIN_SECONDS =
      Setting.number(
          "server.drain-seconds",
          20,
          0,
          3_600,
          "How long running answers may take to end when the server stops.");

  static final Setting<String> LOG_FORMAT =
      Setting.text(
          "log.format",
          "text",
          Pattern.compile("text|json"),
          "text or json",
          "How the server writes its log: for people, or one JSON object a line.");
  static final Setting<String> LOG_CONTENT =
      Setting.text(
          "log.content",
          "no",
          Pattern.compile("yes|no"),
          "yes or no",
          "Whether questions and answers are written into the log.");
  static final Setting<String> TELEMETRY_ENDPOINT =
      Setting.text(
          "telemetry.endpoint",
          "",
          Pattern.compile("|https?://\\S+"),
          "http://host:port",
          "The OpenTelemetry collector that gets traces by OTLP over HTTP; empty for none.");

  private static final Pattern POSTGRES = Pattern.compile("|postgres(ql)?://\\S+");
  private static final String POSTGRES_RANGE = "postgresql://user:password@host:port/database";

  static final Setting<String> DATABASE_URL =
      Setting.secret(
          "database.url",
          POSTGRES,
          POSTGRES_RANGE,
          "The PostgreSQL to use; the launcher fills in its own.");
  static final Setting<String> DATABASE_REPLICA_URL =
      Setting.secret(
          "database.replica-url",
          POSTGRES,
          POSTGRES_RANGE,
          "A replica of that one, which passages are searched in; empty for none.");
  static final Setting<Integer> DATABASE_POOL_SIZE =
      Setting.number("database.pool-size", 8, 1, 100, "Connections to PostgreSQL.");

  static final Setting<String> MODELS_DEFAULT =
      Setting.text(
          "models.default",
          "SmolLM2-135M-Instruct",
          Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
          "the name of a model (see: kvasir models list)",
          "The decoder that answers when nobody names one.");
  static final Setting<String> MODELS_DIR =
      Setting.text(
          "models.dir", "", "a folder", "Where weights are kept. Default: models in data.dir.");
  static final Setting<String> MODELS_SHIPPED =
      Setting.text(
          "models.shipped",
          "models",
          "a folder",
          "Where the weights lie that come with Kvasir; the launcher fills it in.");

  static final Setting<String> ENGINE_PROVIDER =
      Setting.text(
          "engine.provider",
          "cpu",
          Pattern.compile("cpu|cuda"),
          "cpu or cuda",
          "What decoders are computed on; cuda needs the image kvasir-cuda and a GPU.");
  static final Setting<Integer> ENGINE_THREADS =
      Setting.number("engine.threads", 0, 0, 256, "Threads of a decoder; 0 for one a core.");
  static final Setting<Integer> ENGINE_SLOTS =
      Setting.number("engine.slots", 6, 1, 64, "Answers generated at the same time.");
  static final Setting<Integer> ENGINE_CONTEXT =
      Setting.number(
          "engine.context", 4_096, 256, 131_072, "Tokens of prompt and answer that a slot holds.");
  static final Setting<Integer> ENGINE_QUEUE =
      Setting.number("engine.queue", 64, 1, 10_000, "Answers that may wait for a slot.");
  static final Setting<Integer> ENGINE_PREFILL_CHUNK =
      Setting.number(
          "engine.prefill-chunk", 128, 1, 4_096, "Tokens of a prompt that are read in one pass.");
  static final Setting<Integer> ENGINE_DEADLINE_SECONDS =
      Setting.number(
          "engine.deadline-seconds", 600, 1, 86_400, "After this time an answer is ended.");
  static final Setting<List<Integer>> ENGINE_WATCHED_LAYERS =
      Setting.list(
          "engine.watched-layers",
          "layers from 0, divided by commas",
          "Layers whose attention is averaged; empty for the engine's own choice.",
          Integer::parseUnsignedInt);

  static final Setting<Integer> RETRIEVE_K =
      Setting.number("retrieve.k", 4, 1, 50, "Passages that rag puts into its prompt.");
  static final Setting<Integer> RETRIEVE_CANDIDATES =
      Setting.number(
          "retrieve.candidates", 50, 1, 1_000, "Passages that each search hands to the fusion.");
  static final Setting<Integer> RETRIEVE_RANK_CONSTANT =
      Setting.number(
          "retrieve.rank-constant",
          10,
          1,
          1_000,
          "Of the fusion, weight / (constant + rank): the smaller, the more the first ranks count.");
  static final Setting<Double> RETRIEVE_DENSE_WEIGHT =
      Setting.decimal(
          "retrieve.dense-weight", "1", 0, 100, "How much a rank by meaning counts in the fusion.");
  static final Setting<Double> RETRIEVE_LEXICAL_WEIGHT =
      Setting.decimal(
          "retrieve.lexical-weight",
          "1",
          0,
          100,
          "How much a rank by words (BM25) counts in the fusion; 0 for a search by meaning alone.");
  static final Setting<Integer> PROMPT_BUDGET =
      Setting.number(
          "prompt.budget", 2_048, 64, 131_072, "Tokens that passages may take in a prompt.");
  static final Setting<Integer> PROMPT_HISTORY_BUDGET =
      Setting.number(
          "prompt.history-budget",
          1_024,
          64,
          131_072,
          "Tokens that earlier turns may take in a prompt.");
  static final Setting<Integer> SAMPLING_MAX_TOKENS =
      Setting.number(
          "sampling.max-tokens", 128, 1, 32_768, "Tokens of an answer when nobody says.");
  static final Setting<Integer> SAMPLING_MAX_TOKENS_LIMIT =
      Setting.number(
          "sampling.max-tokens-limit", 1_024, 1, 32_768, "Tokens of an answer at the most.");

  static final Setting<Integer> CONTRAST_RECONNECT_SECONDS =
      Setting.number(
          "contrast.reconnect-seconds",
          10,
          1,
          3_600,
          "How long a contrast runs on when its reader is gone.");
  static final Setting<Integer> CONTRAST_KEEP_SECONDS =
      Setting.number(
          "contrast.keep-seconds",
          300,
          0,
          86_400,
          "How long an ended contrast is tried to be kept while the database is away.");
  static final Setting<Integer> CONTRAST_RUNNING =
      Setting.number("contrast.running", 32, 1, 10_000, "Contrasts that may run at a time.");

  static final Setting<Integer> CONTRAST_MAX_QUESTION_CHARACTERS =
      Setting.number(
          "contrast.max-question-characters",
          4_000,
          1,
          1_000_000,
          "Characters of a question at the most.");
  static final Setting<Integer> EVIDENCE_RUNNING =
      Setting.number(
          "evidence.running", 2, 1, 64, "Measurements of what passages were worth at a time.");
  static final Setting<Integer> EVIDENCE_MASKS =
      Setting.number(
          "evidence.masks", 64, 0, 1_024, "Random choices of passages that one measurement reads.");
  static final Setting<Integer> EVIDENCE_POSITIONS =
      Setting.number(
          "evidence.positions",
          400_000,
          1_000,
          10_000_000,
          "Numbers that attention to single positions may take in one answer.");

  static final Setting<Integer> INGEST_QUEUE =
      Setting.number("ingest.queue", 16, 1, 1_000, "Uploads that may wait to be ingested.");
  static final Setting<Integer> INGEST_PARALLEL =
      Setting.number(
          "ingest.parallel",
          2,
          1,
          8,
          "Uploads that are ingested at the same time, so that none waits behind a slow file.");
  static final Setting<Long> INGEST_MAX_FILE_BYTES =
      Setting.bytes("ingest.max-file-bytes", "64MiB", "1KiB", "4GiB", "The largest document.");
  static final Setting<Integer> INGEST_MAX_PAGES =
      Setting.number("ingest.max-pages", 5_000, 1, 100_000, "Pages of a document at the most.");
  static final Setting<Integer> INGEST_MAX_PASSAGES =
      Setting.number(
          "ingest.max-passages", 20_000, 1, 1_000_000, "Passages of a document at the most.");
  static final Setting<Integer> INGEST_FILE_SECONDS =
      Setting.number(
          "ingest.file-seconds", 120, 1, 86_400, "How long a document may take to read.");
  static final Setting<Long> INGEST_READER_MEMORY =
      Setting.bytes(
          "ingest.reader-memory",
          "512MiB",
          "64MiB",
          "64GiB",
          "The heap of a process that reads documents.");
  static final Setting<String> LIBRARY_KEEP_ORIGINALS =
      Setting.text(
          "library.keep-originals",
          "yes",
          Pattern.compile("yes|no"),
          "yes or no",
          "Whether the files of documents are kept, so that better readers can read them again.");
  static final Setting<String> DEFAULT_COLLECTION =
      Setting.text(
          "default.collection",
          "debian-faq-en",
          Pattern.compile("[a-z0-9][a-z0-9-]{0,62}"),
          "lower case letters, digits and hyphens",
          "The collection that is asked when nobody names one.");

  /** In the order in which they are explained. */
  static final List<Setting<?>> ALL =
      List.of(
          DATA_DIR,
          HTTP_HOST,
          HTTP_PORT,
          HTTP_MAX_BODY_BYTES,
          HTTP_MAX_UPLOAD_BYTES,
          HTTP_UPLOAD_SECONDS,
          HTTP_MAX_HEADER_BYTES,
          HTTP_MAX_CONNECTIONS,
          HTTP_ALLOWED_HOSTS,
          HTTP_KEYS,
          HTTP_KEY,
          KEYS_REQUESTS_PER_MINUTE,
          KEYS_TOKENS_PER_MINUTE,
          SERVER_DRAIN_SECONDS,
          LOG_FORMAT,
          LOG_CONTENT,
          TELEMETRY_ENDPOINT,
          DATABASE_URL,
          DATABASE_REPLICA_URL,
          DATABASE_POOL_SIZE,
          MODELS_DEFAULT,
          MODELS_DIR,
          MODELS_SHIPPED,
          ENGINE_PROVIDER,
          ENGINE_THREADS,
          ENGINE_SLOTS,
          ENGINE_CONTEXT,
          ENGINE_QUEUE,
          ENGINE_PREFILL_CHUNK,
          ENGINE_DEADLINE_SECONDS,
          ENGINE_WATCHED_LAYERS,
          RETRIEVE_K,
          RETRIEVE_CANDIDATES,
          RETRIEVE_RANK_CONSTANT,
          RETRIEVE_DENSE_WEIGHT,
          RETRIEVE_LEXICAL_WEIGHT,
          PROMPT_BUDGET,
          PROMPT_HISTORY_BUDGET,
          SAMPLING_MAX_TOKENS,
          SAMPLING_MAX_TOKENS_LIMIT,
          CONTRAST_RECONNECT_SECONDS,
          CONTRAST_KEEP_SECONDS,
          CONTRAST_RUNNING,
          CONTRAST_MAX_QUESTION_CHARACTERS,
          EVIDENCE_RUNNING,
          EVIDENCE_MASKS,
          EVIDENCE_POSITIONS,
          INGEST_QUEUE,
          INGEST_PARALLEL,
          INGEST_MAX_FILE_BYTES,
          INGEST_MAX_PAGES,
          INGEST_MAX_PASSAGES,
          INGEST_FILE_SECONDS,
          INGEST_READER_MEMORY,
          LIBRARY_KEEP_ORIGINALS,
          DEFAULT_COLLECTION);

  private KnownSettings() {}
}
