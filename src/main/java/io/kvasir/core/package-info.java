/** The nouns every other package speaks of, as records that need nothing but the JDK. */
@NullMarked
package io.kvasir.core;

import org.jspecify.annotations.NullMarked;
