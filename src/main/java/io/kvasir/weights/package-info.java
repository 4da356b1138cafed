/** Decoders as files: what a model folder says of itself, what its graph takes and gives, sums. */
@NullMarked
package io.kvasir.weights;

import org.jspecify.annotations.NullMarked;
