/** Arithmetic that knows nothing of models: exponentials, the greatest of many, regression. */
@NullMarked
package io.kvasir.numeric;

import org.jspecify.annotations.NullMarked;
