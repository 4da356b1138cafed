/**
 * Experiments: labelled questions asked in several ways, durably, behind whatever persons wait for.
 */
@NullMarked
package io.kvasir.experiment;

import org.jspecify.annotations.NullMarked;
