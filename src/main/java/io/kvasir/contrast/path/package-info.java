/**
 * The ways to answer a question, a class each: what one needs, puts into its prompt and says of it.
 */
@NullMarked
package io.kvasir.contrast.path;

import org.jspecify.annotations.NullMarked;
