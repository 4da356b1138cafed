/** The verticles that own what runs: each decoder with its queue, and the host that loads them. */
@NullMarked
package io.kvasir.decoders;

import org.jspecify.annotations.NullMarked;
