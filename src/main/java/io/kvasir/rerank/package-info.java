/** Candidates of the search put in another order: by a cross-encoder, by a decoder's own heads. */
@NullMarked
package io.kvasir.rerank;

import org.jspecify.annotations.NullMarked;
