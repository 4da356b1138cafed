package io.kvasir.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;

/**
 * Every name of spans and their attributes: OpenTelemetry's semantic conventions for generative AI,
 * HTTP and databases, and Kvasir's own where those have none.
 */
final class GenAiNames {
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("gen_ai.operation.name");
  static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("gen_ai.provider.name");
  static final AttributeKey<String> MODEL = AttributeKey.stringKey("gen_ai.request.model");
  static final AttributeKey<Long> INPUT_TOKENS = AttributeKey.longKey("gen_ai.usage.input_tokens");
  static final AttributeKey<Long> OUTPUT_TOKENS =
      AttributeKey.longKey("gen_ai.usage.output_tokens");
  static final AttributeKey<List<String>> FINISH_REASONS =
      AttributeKey.stringArrayKey("gen_ai.response.finish_reasons");

  static final AttributeKey<String> HTTP_METHOD = AttributeKey.stringKey("http.request.method");
  static final AttributeKey<String> HTTP_ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");

  static final AttributeKey<String> DATABASE = AttributeKey.stringKey("db.system.name");
  static final AttributeKey<String> DATABASE_OPERATION =
      AttributeKey.stringKey("db.operation.name");

  static final AttributeKey<String> CONTRAST = AttributeKey.stringKey("kvasir.contrast.id");
  static final AttributeKey<String> PATH = AttributeKey.stringKey("kvasir.path");
  static final AttributeKey<String> STATUS = AttributeKey.stringKey("kvasir.status");
  static final AttributeKey<Long> CACHED_TOKENS = AttributeKey.longKey("kvasir.cached_tokens");

  static final String KVASIR = "kvasir";
  static final String CHAT = "chat";
  static final String CONTRAST_SPAN = "contrast";
  static final String RETRIEVAL_SPAN = "retrieval";
  static final String ENCODE_SPAN = "embeddings";
  static final String SEARCH_SPAN = "SELECT passages";
  static final String ATTENTION_SPAN = "attention";
  static final String NEXT_TOKENS_SPAN = "next tokens";
  static final String WITHOUT_SPAN = "answer without";
  static final String EVIDENCE_SPAN = "evidence";
  static final String QUEUE_SPAN = "queue";
  static final String PREFILL_SPAN = "prefill";
  static final String DECODE_SPAN = "decode";

  private GenAiNames() {}
}
