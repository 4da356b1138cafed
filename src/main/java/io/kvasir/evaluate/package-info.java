/** Labelled questions and the measures of an answer. */
@NullMarked
package io.kvasir.evaluate;

import org.jspecify.annotations.NullMarked;
