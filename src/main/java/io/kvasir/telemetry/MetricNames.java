package io.kvasir.telemetry;

/**
 * Every metric that the server exposes, as Prometheus names it. The vocabulary is vLLM's, so that
 * what is known of its dashboards holds here. Histograms add {@code _bucket}, {@code _count} and
 * {@code _sum}.
 */
public final class MetricNames {
  /** Gauge, by {@link #MODEL}: answers that are in the batch. */
  public static final String REQUESTS_RUNNING = "kvasir_num_requests_running";

  /** Gauge, by {@link #MODEL}: answers that wait for a slot; the depth of the queue. */
  public static final String REQUESTS_WAITING = "kvasir_num_requests_waiting";

  /** Gauge, by {@link #MODEL}: share of the slots' tokens that hold something, 0 to 1. */
  public static final String CACHE_USAGE = "kvasir_kv_cache_usage_perc";

  /** Histogram, by {@link #PATH}: from the question to its first token. */
  public static final String TIME_TO_FIRST_TOKEN = "kvasir_time_to_first_token_seconds";

  /** Histogram, by {@link #PATH}: from one token to the next. */
  public static final String INTER_TOKEN_LATENCY = "kvasir_inter_token_latency_seconds";

  /** Histogram, by {@link #PATH}: from the question to the end of its answer. */
  public static final String REQUEST_LATENCY = "kvasir_e2e_request_latency_seconds";

  /** Histogram, by {@link #PATH}: waiting for a slot. */
  public static final String QUEUE_TIME = "kvasir_request_queue_time_seconds";

  /** Histogram, by {@link #PATH}: reading the prompt. */
  public static final String PREFILL_TIME = "kvasir_request_prefill_time_seconds";

  /** Counter, by {@link #PATH}: tokens of prompts that were read. */
  public static final String PROMPT_TOKENS = "kvasir_prompt_tokens_total";

  /** Counter, by {@link #PATH}: tokens of prompts that were in the cache already. */
  public static final String PREFIX_CACHE_HITS = "kvasir_prefix_cache_hits_total";

  /** Counter, by {@link #PATH}: tokens of answers. */
  public static final String GENERATION_TOKENS = "kvasir_generation_tokens_total";

  /** Counter, by {@link #PATH} and {@link #FINISHED_REASON}: answers that ended. */
  public static final String REQUESTS_FINISHED = "kvasir_request_finished_total";

  /** Histogram, by {@link #STAGE}: encoding a question, and the statement that searches. */
  public static final String RETRIEVAL_TIME = "kvasir_retrieval_time_seconds";

  /** Gauge, by {@link #STATE}: uploads that wait, and that are being ingested. */
  public static final String INGESTION_JOBS = "kvasir_ingestion_jobs";

  /** Gauge: contrasts that run. */
  public static final String CONTRASTS_RUNNING = "kvasir_contrasts_running";

  /** Histogram: how late the event loop does what it should do now. */
  public static final String EVENT_LOOP_LAG = "kvasir_event_loop_lag_seconds";

  /** Counter: processor time that the event loop took, in seconds. */
  public static final String EVENT_LOOP_TIME = "kvasir_event_loop_cpu_seconds_total";

  /** Histogram, by {@link #METHOD}, {@link #ROUTE} and {@link #STATUS}: HTTP requests. */
  public static final String HTTP_REQUESTS = "kvasir_http_requests_seconds";

  /** {@code closed-book}, {@code rag}, {@code attention} or {@code chat}. */
  public static final String PATH = "path";

  /** A decoder of the catalogue. */
  public static final String MODEL = "model_name";

  /** {@code stop}, {@code length}, {@code cancelled} or {@code error}. */
  public static final String FINISHED_REASON = "finished_reason";

  /** {@code encode} or {@code search}. */
  public static final String STAGE = "stage";

  /** {@code waiting} or {@code running}. */
  public static final String STATE = "state";

  /** A method of HTTP that the server knows, or {@code OTHER}. */
  public static final String METHOD = "method";

  /** A route with names in place of values, {@code page} for the page, or {@code other}. */
  public static final String ROUTE = "route";

  /** The status of the answer. */
  public static final String STATUS = "status";

  private MetricNames() {}
}
