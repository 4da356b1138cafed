/** The port for encoders: texts to vectors, and the limits of a batch. */
@NullMarked
package io.kvasir.encode;

import org.jspecify.annotations.NullMarked;
