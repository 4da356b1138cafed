/**
 * Measurements: quality of answers, speed of the engine and of searches; each prints a table and
 * nothing else.
 */
@NullMarked
package io.kvasir.bench;

import org.jspecify.annotations.NullMarked;
