/** Sequences of events that readers follow at their own pace. */
@NullMarked
package io.kvasir.stream;

import org.jspecify.annotations.NullMarked;
