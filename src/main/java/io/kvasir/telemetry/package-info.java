/**
 * How a running server is watched from outside: metrics for Prometheus, spans for OpenTelemetry,
 * the log. The only importer of Micrometer and OpenTelemetry.
 */
@NullMarked
package io.kvasir.telemetry;

import org.jspecify.annotations.NullMarked;
