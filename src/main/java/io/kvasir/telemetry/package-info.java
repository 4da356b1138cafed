/** How a running server is watched from outside: metrics for Prometheus. */
@NullMarked
package io.kvasir.telemetry;

import org.jspecify.annotations.NullMarked;
