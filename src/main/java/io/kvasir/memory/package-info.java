/**
 * Keys and values of prompts and passages outside the cache: found again, kept, put together,
 * counted, forgotten.
 */
@NullMarked
package io.kvasir.memory;

import org.jspecify.annotations.NullMarked;
