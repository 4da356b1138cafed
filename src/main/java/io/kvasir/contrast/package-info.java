/** The use case: one question, several paths with the same weights, one trace. */
@NullMarked
package io.kvasir.contrast;

import org.jspecify.annotations.NullMarked;
