/** Measures of answers and rankings, and what they say of an experiment. */
@NullMarked
package io.kvasir.evaluate;

import org.jspecify.annotations.NullMarked;
